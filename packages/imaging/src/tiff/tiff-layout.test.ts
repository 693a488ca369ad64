import { describe, expect, it } from 'vitest';
import { openImage } from '../open-image.ts';
import { buildTiff, greyPage } from '../testing/build-tiff.ts';

const pixels = Uint8Array.from({ length: 96 }, (_, i) => i);

describe('pages', () => {
  it('that disagree are refused by number and size', async () => {
    const { bytes } = buildTiff([greyPage(4, 4), greyPage(4, 4), greyPage(3, 4)], pixels);
    await expect(openImage(bytes, { name: 'plate3_A1.tif' })).rejects.toMatchObject({
      code: 'IMAGE_UNSUPPORTED',
      message:
        '"plate3_A1.tif": page 3 is 3 × 4, 1 × 8 bits, page 1 is 4 × 4, 1 × 8 bits; all pages must agree',
    });
  });

  it('that are small copies are left out with a note', async () => {
    const { bytes } = buildTiff([greyPage(8, 8), greyPage(4, 4)], pixels);
    const image = await openImage(bytes);
    expect(image.planes).toEqual([{ time: 0, z: 0 }]);
    expect(image.notes.join()).toContain('page 2 is a small copy (4 × 4)');
  });

  it('of an ImageJ stack that has one must hold all planes', async () => {
    const page = (images: number) =>
      greyPage(4, 4, [{ tag: 270, values: `ImageJ=1.53t\nimages=${images}\nframes=${images}\n` }]);
    const image = await openImage(buildTiff([page(6)], pixels).bytes);
    expect(image.format).toBe('imagej-tiff');
    expect([...(await image.read({ time: 5 })).data]).toEqual([...pixels.slice(80, 96)]);
    await expect(openImage(buildTiff([page(60)], pixels).bytes)).rejects.toThrow(
      '60 planes of 16 bytes do not fit',
    );
  });

  it('are ordered by the axes that tifffile has named, and else only taken for time points', async () => {
    const pages = (axes: object) =>
      [0, 16, 32, 48].map((shift, i) =>
        greyPage(4, 4, [
          { tag: 273, values: [8 + shift] },
          ...(i === 0 ? [{ tag: 270, values: JSON.stringify({ shape: [2, 2, 4, 4], ...axes }) }] : []),
        ]),
      );
    const image = await openImage(buildTiff(pages({ axes: 'CTYX' }), pixels).bytes);
    expect([image.isNamed, image.channels, image.planes]).toEqual([
      ...[true, 2],
      [
        { time: 0, z: 0 },
        { time: 1, z: 0 },
      ],
    ]);
    const { data } = await image.read({ time: 1 });
    expect([...data]).toEqual([...pixels.slice(16, 32), ...pixels.slice(48, 64)]);
    for (const axes of [{}, { axes: 'QTYX' }, { axes: 'TTYX' }, { axes: 'TYX' }]) {
      const other = await openImage(buildTiff(pages(axes), pixels).bytes);
      expect([other.isNamed, other.channels, other.planes.length]).toEqual([false, 1, 4]);
    }
  });

  it('of a slide scanner give the pixel size and the first picture', async () => {
    const text = 'Aperio Image Library v11\n8x8 [0,0 8x8] (4x4)|AppMag = 20|MPP = 0.4990|Left = 3';
    const { bytes } = buildTiff([greyPage(8, 8, [{ tag: 270, values: text }]), greyPage(7, 2)], pixels);
    const image = await openImage(bytes);
    expect([image.pixelSizeUm, image.planes.length]).toEqual([0.499, 1]);
  });

  it("of makers' own kinds of TIFF are refused with the way to convert them", async () => {
    const { bytes } = buildTiff([greyPage(4, 4, [{ tag: 34412, values: [1, 2, 3] }])], pixels);
    await expect(openImage(bytes, { name: 'a.tif' })).rejects.toMatchObject({
      code: 'IMAGE_UNSUPPORTED',
      message: '"a.tif": this is a Zeiss LSM file',
    });
  });

  it('packed in a way that is not read say how', async () => {
    const { bytes } = buildTiff([greyPage(4, 4, [{ tag: 259, values: [34712] }])], pixels);
    await expect(openImage(bytes)).rejects.toThrow('it is packed with JPEG 2000');
  });

  it('with white as zero are turned round with a note', async () => {
    const { bytes } = buildTiff([greyPage(3, 1, [{ tag: 262, values: [0] }])], Uint8Array.of(0, 10, 255));
    const image = await openImage(bytes);
    expect([...(await image.read()).data]).toEqual([255, 245, 0]);
    expect(image.notes.join()).toContain('0 as white');
  });

  it('with tiles that were left out read as 0 there', async () => {
    const tiled = greyPage(32, 16, [
      { tag: 322, values: [16] },
      { tag: 323, values: [16] },
      { tag: 324, values: [8, 0] },
      { tag: 325, values: [256, 0] },
    ]);
    const image = await openImage(buildTiff([tiled], new Uint8Array(256).fill(9)).bytes);
    const { data } = await image.read();
    expect([data[0], data[15], data[16], data[31], data[32]]).toEqual([9, 9, 0, 0, 9]);
  });
});
