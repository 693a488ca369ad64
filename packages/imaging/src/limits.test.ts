import { deflateSync } from 'node:zlib';
import { CellMixerError } from '@cellmixer/errors';
import { describe, expect, it } from 'vitest';
import { encodePng } from './encode.ts';
import type { ImageLimits } from './image-limits.ts';
import { openImage } from './open-image.ts';
import { type BuiltField, buildTiff, greyPage } from './testing/build-tiff.ts';

async function fault(bytes: Uint8Array, limits: Partial<ImageLimits> = {}): Promise<CellMixerError> {
  try {
    const image = await openImage(bytes, { name: 'plate3_A1.tif', limits });
    await image.read();
  } catch (error) {
    if (error instanceof CellMixerError) return error;
    throw error;
  }
  throw new Error('it opened');
}

const tiles = (side: number, offsets: readonly number[], counts: readonly number[]): BuiltField[] => [
  { tag: 322, values: [side] },
  { tag: 323, values: [side] },
  { tag: 324, values: offsets },
  { tag: 325, values: counts },
];

describe('a TIFF that asks for more than it may', () => {
  it('opens when it is sound', async () => {
    const { bytes } = buildTiff([greyPage(3, 2)], Uint8Array.of(1, 2, 3, 4, 5, 6));
    const { data } = await (await openImage(bytes)).read();
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is refused where its pages run in a circle', async () => {
    const page = greyPage(3, 2);
    const { bytes } = buildTiff([page, { ...page, next: 14 }], new Uint8Array(6));
    const error = await fault(bytes);
    expect(error.code).toBe('IMAGE_UNREADABLE');
    expect(error.message).toContain('plate3_A1.tif": page 2 leads back to an earlier page');
  });

  it('is refused where it has too many pages', async () => {
    const { bytes } = buildTiff(new Array(12).fill(greyPage(3, 2)), new Uint8Array(6));
    const error = await fault(bytes, { pages: 10 });
    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toContain('more than 10 pages');
    expect(error.cure).toContain('separate files');
  });

  it('is refused where it has too many pixels, by its header alone', async () => {
    const { bytes } = buildTiff([greyPage(60_000, 60_000)]);
    const error = await fault(bytes);
    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toBe('"plate3_A1.tif": 60,000 × 60,000 pixels; at most 1,600,000,000 in all');
  });

  it('is refused where a plane does not fit into the memory that is allowed', async () => {
    const { bytes } = buildTiff([greyPage(400, 300)], new Uint8Array(120_000));
    const error = await fault(bytes, { memoryBytes: 100_000 });
    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.cure).toContain('region');
  });

  it('is refused where a small picture has a huge tile', async () => {
    const packed = deflateSync(new Uint8Array(1000));
    const changes = [{ tag: 259, values: [8] }, ...tiles(40_000, [8], [packed.length])];
    const error = await fault(buildTiff([greyPage(16, 16, changes)], packed).bytes);
    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toContain('unpacks to 1,600,000,000 bytes');
  });

  it('is refused where its pixels cannot be in so few bytes', async () => {
    const packed = deflateSync(new Uint8Array(1000));
    const changes = [
      { tag: 259, values: [8] },
      { tag: 279, values: [packed.length] },
    ];
    const error = await fault(buildTiff([greyPage(20_000, 20_000, changes)], packed).bytes);
    expect(error.code).toBe('IMAGE_UNREADABLE');
    expect(error.message).toContain('cannot be in a file of');
  });

  it('is refused where a strip unpacks to more than its rows hold', async () => {
    const packed = deflateSync(new Uint8Array(50_000_000));
    const changes = [
      { tag: 259, values: [8] },
      { tag: 279, values: [packed.length] },
    ];
    const error = await fault(buildTiff([greyPage(16, 16, changes)], packed).bytes);
    expect(error.code).toBe('IMAGE_UNREADABLE');
    expect(error.message).toContain('cannot be unpacked (deflate)');
  });

  it('is refused where its description is endless', async () => {
    const { bytes } = buildTiff([greyPage(3, 2, [{ tag: 270, values: 'x'.repeat(33 * 2 ** 20) }])]);
    const error = await fault(bytes);
    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toContain('field 270');
  });

  it('is refused where tiles are missing', async () => {
    const error = await fault(
      buildTiff([greyPage(64, 64, tiles(16, [8, 8], [256, 256]))], new Uint8Array(256)).bytes,
    );
    expect(error.code).toBe('IMAGE_UNREADABLE');
    expect(error.message).toContain('2 tiles or strips where 16 are needed');
  });

  it('is refused where it was cut short', async () => {
    const error = await fault(buildTiff([greyPage(300, 300)], new Uint8Array(80_000)).bytes);
    expect(error.code).toBe('IMAGE_UNREADABLE');
    expect(error.message).toContain('probably cut short');
    expect(error.cure).toContain('Copy the file again');
  });

  it('is ended after the seconds that are allowed, and others still open', async () => {
    // All tiles unpack the same bytes, and all are looked at for their largest value: small, valid and slow.
    const packed = deflateSync(new Uint8Array(256 * 256 * 4));
    const offsets = new Array<number>(32 * 32).fill(8);
    const counts = new Array<number>(32 * 32).fill(packed.length);
    const changes = [
      { tag: 258, values: [32] },
      { tag: 259, values: [8] },
      ...tiles(256, offsets, counts),
      { tag: 339, values: [3] },
    ];
    const slow = buildTiff([greyPage(8000, 8000, changes)], packed).bytes;
    const error = await fault(slow, { seconds: 0.05 });
    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toContain('more than 0.05 seconds');
    const sound = buildTiff([greyPage(2, 1)], Uint8Array.of(7, 9)).bytes;
    expect([...(await (await openImage(sound)).read()).data]).toEqual([7, 9]);
  });
});

describe('other files that ask for more than they may', () => {
  it('are refused by their bytes', async () => {
    const error = await fault(new Uint8Array(2000).fill(1), { bytes: 1000 });
    expect(error.code).toBe('IMAGE_TOO_LARGE');
    expect(error.message).toContain('2,000 bytes; at most 1,000');
  });

  it('are refused where a PNG promises more than deflate can hold', async () => {
    const png = await encodePng({ width: 4, height: 4, channels: 1, data: new Uint8Array(16) });
    new DataView(png.buffer, png.byteOffset).setUint32(16, 10_000);
    new DataView(png.buffer, png.byteOffset).setUint32(20, 10_000);
    expect((await fault(png)).message).toContain('10,000 × 10,000 pixels cannot be in a file of');
  });

  it('are refused where a PNG has too many pixels', async () => {
    const png = await encodePng({ width: 400, height: 300, channels: 1, data: new Uint8Array(120_000) });
    expect((await fault(png, { pixels: 100_000 })).code).toBe('IMAGE_TOO_LARGE');
    expect((await fault(png, { memoryBytes: 200_000 })).code).toBe('IMAGE_TOO_LARGE');
  });
});
