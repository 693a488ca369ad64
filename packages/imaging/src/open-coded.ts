import type { FloatImage, Raster } from '@cellmixer/pixels';
import { choosePlane, chooseRegion } from './choose-plane.ts';
import { type CodedPicture, decodeCodedPicture } from './coded-picture.ts';
import type { ImageFile } from './open-image.ts';
import type { OpenedImage, Region } from './opened-image.ts';
import type { ReadableKind } from './recognise.ts';
import { toFloat } from './to-float.ts';

/**
 * A PNG, JPEG or WebP. These must be unpacked whole to know whether their RGB is grey, so they are: once,
 * and held until `close`.
 */
export async function openCoded(file: ImageFile, kind: Exclude<ReadableKind, 'tiff'>): Promise<OpenedImage> {
  const { name, limits } = file;
  const decode = async (): Promise<CodedPicture> =>
    await decodeCodedPicture(name, kind, await file.bytes(), limits, file.storedValues);
  const first = await decode();
  const { width, height, channels, data } = first.raster;
  let held: Raster | null = first.raster;
  const planes = [{ time: 0, z: 0 }];
  const read: OpenedImage['read'] = async (options = {}) => {
    choosePlane(name, planes, options);
    const region = chooseRegion(name, width, height, options);
    return cut(held ?? (await decode()).raster, region);
  };
  return {
    name,
    format: kind,
    width,
    height,
    channels,
    depth: { bits: data instanceof Uint16Array ? 16 : 8, kind: 'uint' },
    maxValue: data instanceof Uint16Array ? 65_535 : 255,
    pixelSizeUm: first.pixelSizeUm,
    acquired: first.acquired,
    greyAsRgb: first.greyAsRgb,
    planes,
    pages: 1,
    channelNames: [],
    secondsByTime: [],
    isNamed: true,
    pictures: 1,
    notes: first.notes,
    read,
    readFloat: async (options): Promise<FloatImage> => toFloat(await read(options)),
    contentHash: file.contentHash,
    async close() {
      held = null;
    },
  };
}

function cut(from: Raster, { x, y, width, height }: Region): Raster {
  const size = width * height;
  const data = from.data.slice(0, size * from.channels);
  for (let channel = 0; channel < from.channels; channel++) {
    for (let row = 0; row < height; row++) {
      const at = (channel * from.height + y + row) * from.width + x;
      data.set(from.data.subarray(at, at + width), channel * size + row * width);
    }
  }
  return { width, height, channels: from.channels, data };
}
