import type { PixelData } from '@cellmixer/pixels';
import type { SampleDepth } from '../opened-image.ts';

/** How TIFF and OME-XML call the values of an array. */
export interface SampleFormat {
  readonly depth: SampleDepth;
  /** SampleFormat of TIFF 6.0: 1 unsigned, 2 signed, 3 floating point. */
  readonly tiff: 1 | 2 | 3;
  /** PixelType of the OME schema 2016-06. */
  readonly ome: 'uint8' | 'uint16' | 'uint32' | 'int8' | 'int16' | 'int32' | 'float' | 'double';
}

/** The format in which the values of an array are stored, exactly. */
export function sampleFormatOf(data: PixelData): SampleFormat {
  if (data instanceof Uint8Array) return { depth: { bits: 8, kind: 'uint' }, tiff: 1, ome: 'uint8' };
  if (data instanceof Uint16Array) return { depth: { bits: 16, kind: 'uint' }, tiff: 1, ome: 'uint16' };
  if (data instanceof Uint32Array) return { depth: { bits: 32, kind: 'uint' }, tiff: 1, ome: 'uint32' };
  if (data instanceof Int8Array) return { depth: { bits: 8, kind: 'int' }, tiff: 2, ome: 'int8' };
  if (data instanceof Int16Array) return { depth: { bits: 16, kind: 'int' }, tiff: 2, ome: 'int16' };
  if (data instanceof Int32Array) return { depth: { bits: 32, kind: 'int' }, tiff: 2, ome: 'int32' };
  if (data instanceof Float32Array) return { depth: { bits: 32, kind: 'float' }, tiff: 3, ome: 'float' };
  return { depth: { bits: 64, kind: 'float' }, tiff: 3, ome: 'double' };
}
