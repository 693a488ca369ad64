import { resolve } from 'node:path';
import type { FloatImage } from '@cellmixer/pixels';
import type { SourceLocation } from './byte-source.ts';
import { choosePlane, chooseRegion } from './choose-plane.ts';
import { decode } from './decoding/decode-lanes.ts';
import { damaged } from './image-errors.ts';
import type { ImageFile } from './open-image.ts';
import type { OpenedImage } from './opened-image.ts';
import type { TiffDescription } from './tiff/describe-tiff.ts';
import { toFloat } from './to-float.ts';

/** A TIFF of any kind. Nothing is held but its description; each `read` takes what it needs from the file. */
export async function openTiff(file: ImageFile): Promise<OpenedImage> {
  const { name, limits } = file;
  const base = { source: locate(file.source), name, limits };
  const description = await describe();
  const { width, height, planes } = description;
  const read: OpenedImage['read'] = async (options = {}) => {
    const { parts } = choosePlane(name, planes, options);
    const region = chooseRegion(name, width, height, options);
    const answer = await decode({ ...base, kind: 'read', parts, region, treatment: description.treatment });
    if (answer.kind !== 'read') throw damaged(name, 'reading it gave no pixels');
    return answer.raster;
  };
  return {
    name,
    format: description.format,
    width,
    height,
    channels: description.channels,
    depth: description.depth,
    maxValue: description.maxValue,
    pixelSizeUm: description.pixelSizeUm,
    acquired: description.acquired,
    greyAsRgb: description.treatment === 'grey-from-rgb',
    planes: planes.map(({ time, z }) => ({ time, z })),
    pages: description.pages,
    channelNames: description.channelNames,
    secondsByTime: description.secondsByTime,
    isNamed: description.isNamed,
    pictures: description.pictures,
    notes: description.notes,
    read,
    readFloat: async (options): Promise<FloatImage> => toFloat(await read(options)),
    contentHash: file.contentHash,
    async close() {},
  };

  async function describe(): Promise<TiffDescription> {
    const answer = await decode({ ...base, kind: 'describe', stored: file.storedValues });
    if (answer.kind !== 'described') throw damaged(name, 'looking at it gave no description');
    return answer.description;
  }
}

/** Bytes go into shared memory once, so that no thread gets a copy of its own. */
function locate(source: string | Uint8Array): SourceLocation {
  if (typeof source === 'string') return { path: resolve(source) };
  const bytes = new Uint8Array(new SharedArrayBuffer(source.length));
  bytes.set(source);
  return { bytes };
}
