import type { PixelData } from '@cellmixer/pixels';
import { damaged } from '../image-errors.ts';
import { checkMemory, type ImageLimits } from '../image-limits.ts';
import type { Region } from '../opened-image.ts';
import { heldBytes } from '../sample-type.ts';
import { unpackChunk } from './compression.ts';
import { unpackJpeg } from './jpeg-chunk.ts';
import type { TiffDirectory, TiffFile } from './tiff-directory.ts';
import { decodedChunkBytes, type TiffPage } from './tiff-page.ts';
import { tags } from './tiff-tags.ts';
import { unpackSamples } from './unpack-samples.ts';

/** Rows of unpacked chunks are read in pieces of about this many bytes. */
const slabBytes = 4 * 1024 * 1024;

/** Where the values of one page go: its samples, in order, into `data` from `channel` on. */
export interface PageTarget {
  readonly data: PixelData;
  readonly channel: number;
  readonly samples: readonly number[];
  readonly region: Region;
  /** Bytes to add to the chunks' offsets: ImageJ's stacks describe only their first plane. */
  readonly shift: number;
}

/** Bytes that reading holds beside the raster, for the check before it. */
function chunkMemory(page: TiffPage): number {
  const decoded = decodedChunkBytes(page, page.chunkHeight);
  if (page.compression === 1) return Math.min(decoded, slabBytes) * 2;
  const values = page.chunkWidth * page.chunkHeight * (page.separate ? 1 : page.samples);
  return decoded * 2 + values * heldBytes(page.depth);
}

/** Reads a region of a page's samples into a planar array. Only the chunks that the region touches are read. */
export async function readPage(
  file: TiffFile,
  directory: TiffDirectory,
  page: TiffPage,
  limits: ImageLimits,
  target: PageTarget,
): Promise<void> {
  const { name } = file.source;
  checkMemory(name, target.data.byteLength + chunkMemory(page), limits);
  const perPlane = page.across * page.down;
  const chunks = perPlane * (page.separate ? page.samples : 1);
  const offsets = directory.numbers(page.tiled ? tags.tileOffsets : tags.stripOffsets, chunks);
  const counts = directory.numbers(page.tiled ? tags.tileByteCounts : tags.stripByteCounts, chunks);
  const tables = page.compression === 7 ? directory.bytes(tags.jpegTables, 1 << 20) : undefined;
  const { x, y, width, height } = target.region;
  const groups = page.separate
    ? target.samples.map((sample, i) => ({ plane: sample, samples: [0], channel: target.channel + i }))
    : [{ plane: 0, samples: target.samples, channel: target.channel }];
  for (const group of groups) {
    for (let down = Math.floor(y / page.chunkHeight); down * page.chunkHeight < y + height; down++) {
      for (let across = Math.floor(x / page.chunkWidth); across * page.chunkWidth < x + width; across++) {
        const index = group.plane * perPlane + down * page.across + across;
        const chunk = {
          offset: (offsets[index] ?? -1) + target.shift,
          bytes: counts[index] ?? -1,
          x: across * page.chunkWidth,
          y: down * page.chunkHeight,
        };
        await readChunk(file, page, chunk, tables, { ...target, ...group });
      }
    }
  }
}

interface Chunk {
  readonly offset: number;
  readonly bytes: number;
  readonly x: number;
  readonly y: number;
}

async function readChunk(
  file: TiffFile,
  page: TiffPage,
  chunk: Chunk,
  tables: Uint8Array | undefined,
  target: PageTarget,
): Promise<void> {
  const { name } = file.source;
  const samples = page.separate ? 1 : page.samples;
  // The last strip ends with the picture; tiles are always whole.
  const rows = page.tiled ? page.chunkHeight : Math.min(page.chunkHeight, page.height - chunk.y);
  const first = Math.max(0, target.region.y - chunk.y);
  const last = Math.min(rows, target.region.y + target.region.height - chunk.y, page.height - chunk.y);
  if (page.compression === 1 && chunk.bytes !== 0) {
    const rowBytes = decodedChunkBytes(page, 1);
    const slab = Math.max(1, Math.floor(slabBytes / rowBytes));
    for (let row = first; row < last; row += slab) {
      const count = Math.min(slab, last - row);
      const bytes = file.source.read(chunk.offset + row * rowBytes, count * rowBytes).slice();
      const values = unpackSamples(page, name, bytes, page.chunkWidth, count, samples);
      copyRows(page, values, samples, chunk.x, chunk.y + row, count, target);
    }
    return;
  }
  // A tile of no bytes was left out by its writer: it stays 0.
  if (chunk.bytes === 0 && page.tiled) return;
  if (chunk.bytes <= 0) throw damaged(name, 'the length of a strip is missing');
  const length = decodedChunkBytes(page, rows);
  const longest = decodedChunkBytes(page, page.chunkHeight);
  // Some writers give more room than is used; twice the unpacked size is never needed.
  const packed = file.source.read(chunk.offset, Math.min(chunk.bytes, longest * 2 + 65_536));
  const bytes =
    page.compression === 7
      ? await unpackJpeg(name, packed, tables, {
          width: page.chunkWidth,
          rows,
          mostRows: page.chunkHeight,
          samples,
          ycbcr: page.photometric === 6,
        })
      : unpackChunk(name, page.compression, packed, length, longest);
  if (bytes.length < length) throw damaged(name, 'a tile or strip is too short');
  const values = unpackSamples(page, name, bytes, page.chunkWidth, rows, samples);
  copyRows(page, values, samples, chunk.x, chunk.y, rows, target);
}

/** Copies the part of some rows of a chunk that lies in the region. */
function copyRows(
  page: TiffPage,
  values: PixelData,
  stride: number,
  left: number,
  top: number,
  rows: number,
  { data, channel, samples, region }: PageTarget,
): void {
  const fromX = Math.max(left, region.x);
  const toX = Math.min(left + page.chunkWidth, region.x + region.width);
  const fromY = Math.max(top, region.y);
  const toY = Math.min(top + rows, region.y + region.height);
  for (let i = 0; i < samples.length; i++) {
    for (let y = fromY; y < toY; y++) {
      let at = ((y - top) * page.chunkWidth + (fromX - left)) * stride + samples[i]!;
      let to = ((channel + i) * region.height + (y - region.y)) * region.width + (fromX - region.x);
      if (stride === 1) {
        data.set(values.subarray(at, at + toX - fromX), to);
        continue;
      }
      for (let x = fromX; x < toX; x++, at += stride) data[to++] = values[at]!;
    }
  }
}
