import { inflateSync } from 'node:zlib';
import type { Raster } from '@cellmixer/pixels';
import { damaged, unsupported } from './image-errors.ts';
import { checkMemory, type ImageLimits } from './image-limits.ts';
import type { PngHeader } from './png-header.ts';

/**
 * The stored numbers of a PNG of one sample of at most 8 bits: indices into the palette, or grey values that
 * are not stretched to 255. Label maps need these; libvips gives colours only.
 */
export function readPngIndices(
  name: string,
  bytes: Uint8Array,
  header: PngHeader,
  limits: ImageLimits,
): Raster<Uint8Array> {
  const { width, height, bits } = header;
  if (header.interlaced) {
    throw unsupported(name, 'an interlaced label map', 'Save it without interlacing (Adam7).');
  }
  const rowBytes = Math.ceil((width * bits) / 8);
  const length = (rowBytes + 1) * height;
  checkMemory(name, length + width * height + bytes.length, limits);
  let rows: Uint8Array;
  try {
    rows = inflateSync(pixelChunks(bytes), { maxOutputLength: length + 1024 });
  } catch (cause) {
    throw damaged(name, 'its pixels cannot be unpacked', cause);
  }
  if (rows.length < length) throw damaged(name, `its pixels end after ${rows.length} of ${length} bytes`);
  const data = new Uint8Array(width * height);
  const perByte = 8 / bits;
  const mask = 2 ** bits - 1;
  for (let y = 0, to = 0; y < height; y++) {
    const start = y * (rowBytes + 1) + 1;
    unfilter(name, rows, start, rowBytes);
    for (let x = 0; x < width; x++) {
      const byte = rows[start + Math.floor(x / perByte)]!;
      data[to++] = (byte >> (8 - bits - (x % perByte) * bits)) & mask;
    }
  }
  return { width, height, channels: 1, data };
}

/** The IDAT chunks in one piece. */
function pixelChunks(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49444154) parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}

/** Undoes a row's filter in place (W3C PNG, section 9); a pixel is at most one byte here. */
function unfilter(name: string, rows: Uint8Array, start: number, rowBytes: number): void {
  const filter = rows[start - 1]!;
  if (filter > 4) throw damaged(name, `a row has the unknown filter ${filter}`);
  const above = start - rowBytes - 1;
  for (let i = 0; i < rowBytes; i++) {
    const a = i > 0 ? rows[start + i - 1]! : 0;
    const b = above > 0 ? rows[above + i]! : 0;
    const c = i > 0 && above > 0 ? rows[above + i - 1]! : 0;
    const guess =
      filter === 1 ? a : filter === 2 ? b : filter === 3 ? (a + b) >> 1 : filter === 4 ? paeth(a, b, c) : 0;
    rows[start + i] = rows[start + i]! + guess;
  }
}

function paeth(a: number, b: number, c: number): number {
  const [da, db, dc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  return da <= db && da <= dc ? a : db <= dc ? b : c;
}
