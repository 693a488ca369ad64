import { inflateSync, zstdDecompressSync } from 'node:zlib';
import { damaged } from '../image-errors.ts';
import { unpackLzw } from './lzw.ts';
import { unpackPackBits } from './pack-bits.ts';

interface Compression {
  readonly name: string;
  /** Most bytes out for one byte in, where it can be read. */
  readonly gain?: number;
}

const compressions: Readonly<Record<number, Compression>> = {
  1: { name: 'nothing', gain: 1 },
  2: { name: 'CCITT fax coding' },
  3: { name: 'CCITT fax coding' },
  4: { name: 'CCITT fax coding' },
  // A 12-bit code stands for at most 3,838 bytes.
  5: { name: 'LZW', gain: 2600 },
  6: { name: 'old-style JPEG' },
  7: { name: 'JPEG', gain: 2000 },
  8: { name: 'deflate', gain: 1040 },
  32773: { name: 'PackBits', gain: 64 },
  32946: { name: 'deflate', gain: 1040 },
  33003: { name: 'JPEG 2000' },
  33005: { name: 'JPEG 2000' },
  34712: { name: 'JPEG 2000' },
  34887: { name: 'LERC' },
  34892: { name: 'lossy JPEG of a camera' },
  34925: { name: 'LZMA' },
  34934: { name: 'JPEG XR' },
  50000: { name: 'Zstandard', gain: 40_000 },
  50001: { name: 'WebP' },
  50002: { name: 'JPEG XL' },
};

export function compressionName(code: number): string {
  return compressions[code]?.name ?? `compression ${code}, which we do not know`;
}

/** Most bytes out for one byte in; undefined where this compression cannot be read. */
export function compressionGain(code: number): number | undefined {
  return compressions[code]?.gain;
}

/**
 * Unpacks a chunk that must give `length` bytes. A last strip may be padded up to `longest`; nothing beyond
 * that is ever held, whatever the stream says. JPEG is decoded elsewhere.
 */
export function unpackChunk(
  name: string,
  code: number,
  packed: Uint8Array,
  length: number,
  longest: number,
): Uint8Array {
  const bytes = unpack(name, code, packed, length, longest);
  if (bytes.length < length) {
    throw damaged(name, `a tile or strip unpacks to ${bytes.length} bytes where ${length} are needed`);
  }
  // The numbers are read in place: their array must begin at a multiple of their size.
  return bytes.byteOffset % 8 === 0 ? bytes.subarray(0, length) : bytes.slice(0, length);
}

function unpack(name: string, code: number, packed: Uint8Array, length: number, longest: number): Uint8Array {
  if (code === 5 || code === 32773) {
    if (code === 5 && packed[0] === 0 && (packed[1] ?? 0) % 2 === 1) {
      throw damaged(name, 'it is packed with the LZW of before 1992');
    }
    const out = new Uint8Array(length);
    const written = code === 5 ? unpackLzw(packed, out) : unpackPackBits(packed, out);
    return out.subarray(0, written);
  }
  const options = { maxOutputLength: longest + 1024, chunkSize: Math.min(Math.max(length, 64), 1 << 20) };
  try {
    const bytes = code === 50000 ? zstdDecompressSync(packed, options) : inflateSync(packed, options);
    // Not a Buffer: its `slice` would share memory.
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  } catch (cause) {
    throw damaged(name, `a tile or strip cannot be unpacked (${compressionName(code)})`, cause);
  }
}
