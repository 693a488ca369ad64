import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { dateOfTiff, dateOfXml } from './acquisition-date.ts';
import { openImage } from './open-image.ts';
import { buildTiff, greyPage } from './testing/build-tiff.ts';

const pixels = Uint8Array.from({ length: 64 }, (_, i) => 3 * i);

async function taken(bytes: Uint8Array): Promise<[from: string, at: string] | null> {
  const image = await openImage(bytes);
  await image.close();
  const { acquired } = image;
  return acquired && [acquired.from, acquired.at.toISOString()];
}

const tiff = (description: string, date: string) =>
  buildTiff(
    [
      greyPage(8, 8, [
        { tag: 270, values: description },
        { tag: 306, values: date },
      ]),
    ],
    pixels,
  ).bytes;

describe('when a picture was taken', () => {
  it.each([
    ['2016-03-01T14:05:09', '2016-03-01T14:05:09.000Z'],
    ['2016-03-01T14:05:09.25', '2016-03-01T14:05:09.250Z'],
    ['2016-03-01T14:05:09Z', '2016-03-01T14:05:09.000Z'],
    ['2016-03-01T01:05:09+02:00', '2016-02-29T23:05:09.000Z'],
    ['2016-06-31T14:05:09', null],
    ['1970-01-01T00:00:00', null],
    ['yesterday', null],
  ])('is read as XML writes it: %s', (text, moment) => {
    expect(dateOfXml(text)?.toISOString() ?? null).toBe(moment);
  });

  it.each([
    ['2016:03:01 14:05:09', '2016-03-01T14:05:09.000Z'],
    ['2016-03-01 14:05:09', '2016-03-01T14:05:09.000Z'],
    ['20160301 14:05:09.250', '2016-03-01T14:05:09.250Z'],
    ['0000:00:00 00:00:00', null],
    ['    :  :     :  :  ', null],
    ['2016:13:01 14:05:09', null],
  ])('is read as TIFF writes it: %s', (text, moment) => {
    expect(dateOfTiff(text)?.toISOString() ?? null).toBe(moment);
  });

  it('comes from a TIFF’s date, which is the file’s, and from the XML alone where there is OME-XML', async () => {
    expect(await taken(tiff('a camera', '2016:03:01 14:05:09'))).toEqual([
      'file',
      '2016-03-01T14:05:09.000Z',
    ]);
    expect(await taken(tiff('a camera', 'no date'))).toBeNull();
    const ome = (date: string) =>
      `<?xml version="1.0"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0">${date}<Pixels SizeX="8" SizeY="8" SizeZ="1" SizeC="1" SizeT="1" DimensionOrder="XYCZT"><TiffData/></Pixels></Image></OME>`;
    const said = ome('<AcquisitionDate>2015-02-03T10:00:00</AcquisitionDate>');
    expect(await taken(tiff(said, '2016:03:01 14:05:09'))).toEqual(['exposure', '2015-02-03T10:00:00.000Z']);
    // There it is when the file was written.
    expect(await taken(tiff(ome(''), '2016:03:01 14:05:09'))).toBeNull();
  });

  it.each(['png', 'jpeg', 'webp'] as const)('comes from the EXIF block of a %s', async (kind) => {
    const picture = () => sharp(pixels, { raw: { width: 8, height: 8, channels: 1 } });
    const exif = { IFD2: { DateTimeOriginal: '2016:03:01 14:05:09', OffsetTimeOriginal: '+01:00' } };
    expect(await taken(await picture().withExif(exif).toFormat(kind).toBuffer())).toEqual([
      'exposure',
      '2016-03-01T13:05:09.000Z',
    ]);
    const saved = { IFD0: { DateTime: '2016:03:01 14:05:09' } };
    expect(await taken(await picture().withExif(saved).toFormat(kind).toBuffer())).toEqual([
      'file',
      '2016-03-01T14:05:09.000Z',
    ]);
    expect(await taken(await picture().toFormat(kind).toBuffer())).toBeNull();
  });
});
