import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import type { PixelData, Raster } from '@cellmixer/pixels';
import { fromArrayBuffer } from 'geotiff';
import sharp from 'sharp';
import type { ImageLimits } from './image-limits.ts';
import type { ImageFormat, OpenedImage, ReadOptions, SampleDepth } from './opened-image.ts';

export interface OpenImageOptions {
  /** Name for messages where bytes are given, not a path. */
  readonly name?: string;
  readonly limits?: Partial<ImageLimits>;
}

interface Plain {
  readonly format: ImageFormat;
  readonly planes: readonly Raster[];
}

/** Opens a picture file. First version: whole files in memory. */
export async function openImage(
  source: string | Uint8Array,
  options: OpenImageOptions = {},
): Promise<OpenedImage> {
  const bytes = typeof source === 'string' ? await readFile(source) : source;
  const name = options.name ?? (typeof source === 'string' ? basename(source) : 'picture');
  const order = String.fromCharCode(bytes[0] ?? 0, bytes[1] ?? 0);
  const plain = order === 'II' || order === 'MM' ? await tiff(bytes) : await other(bytes, name);
  const first = plain.planes[0]!;
  const greyAsRgb = first.channels === 3 && isGrey(first);
  const read = async ({ time = 0, z = 0, region }: ReadOptions = {}): Promise<Raster> => {
    const plane = plain.planes[time];
    if (!plane || z !== 0) throw new CellMixerError('INVALID_ARGUMENT', `"${name}": no plane ${time}, ${z}`);
    const { x, y, width, height } = region ?? { x: 0, y: 0, width: plane.width, height: plane.height };
    const channels = greyAsRgb ? 1 : plane.channels;
    const data = plane.data.slice(0, width * height * channels);
    for (let c = 0; c < channels; c++)
      for (let j = 0; j < height; j++)
        for (let i = 0; i < width; i++)
          data[(c * height + j) * width + i] = plane.data[(c * plane.height + y + j) * plane.width + x + i]!;
    return { width, height, channels, data };
  };
  const depth = depthOf(first.data);
  return {
    name,
    format: plain.format,
    width: first.width,
    height: first.height,
    channels: greyAsRgb ? 1 : first.channels,
    depth,
    maxValue: depth.kind === 'float' ? 1 : 2 ** (depth.kind === 'int' ? depth.bits - 1 : depth.bits) - 1,
    pixelSizeUm: null,
    greyAsRgb,
    planes: plain.planes.map((_, time) => ({ time, z: 0 })),
    pages: plain.planes.length,
    channelNames: [],
    notes: [],
    read,
    async readFloat(which) {
      const raster = await read(which);
      return { ...raster, data: Float32Array.from(raster.data) };
    },
    contentHash: async () => createHash('sha256').update(bytes).digest('hex'),
    close: async () => {},
  };
}

async function tiff(bytes: Uint8Array): Promise<Plain> {
  const file = await fromArrayBuffer(Uint8Array.from(bytes).buffer);
  const planes: Raster[] = [];
  for (let page = 0; page < (await file.getImageCount()); page++) {
    const image = await file.getImage(page);
    const arrays = await image.readRasters({ interleave: false });
    const [width, height, channels] = [image.getWidth(), image.getHeight(), image.getSamplesPerPixel()];
    const data = (arrays[0] as unknown as PixelData).slice(0, 0);
    const all: PixelData = new (data.constructor as Uint8ArrayConstructor)(width * height * channels);
    for (let c = 0; c < channels; c++) all.set(arrays[c] as unknown as Uint8Array, c * width * height);
    planes.push({ width, height, channels, data: all });
  }
  return { format: 'tiff', planes };
}

async function other(bytes: Uint8Array, name: string): Promise<Plain> {
  try {
    const meta = await sharp(bytes).metadata();
    const wide = meta.depth === 'ushort';
    const grey = meta.space === 'b-w' || meta.space === 'grey16';
    const { data, info } = await sharp(bytes, { ignoreIcc: true })
      .removeAlpha()
      .toColourspace(wide ? (grey ? 'grey16' : 'rgb16') : grey ? 'b-w' : 'srgb')
      .raw({ depth: wide ? 'ushort' : 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const copy = Uint8Array.from(data);
    const from = wide ? new Uint16Array(copy.buffer) : copy;
    const to = from.slice();
    const size = width * height;
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < size; i++) to[c * size + i] = from[i * channels + c]!;
    const format = meta.format === 'jpeg' || meta.format === 'webp' ? meta.format : 'png';
    return { format, planes: [{ width, height, channels, data: to }] };
  } catch (cause) {
    throw new CellMixerError('IMAGE_UNREADABLE', `"${name}" cannot be read as a picture`, {
      subject: name,
      cause,
    });
  }
}

function isGrey({ data }: Raster): boolean {
  const size = data.length / 3;
  for (let i = 0; i < size; i++)
    if (data[i] !== data[size + i] || data[i] !== data[2 * size + i]) return false;
  return true;
}

function depthOf(data: PixelData): SampleDepth {
  const kind =
    data instanceof Float32Array || data instanceof Float64Array
      ? 'float'
      : data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array
        ? 'int'
        : 'uint';
  const bits = data.BYTES_PER_ELEMENT * 8;
  return { bits: bits === 8 || bits === 16 || bits === 32 ? bits : 64, kind };
}
