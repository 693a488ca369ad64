import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import type { WrittenPyramid } from './pyramid-options.ts';
import { writeOmeTiffPyramid } from './write-ome-tiff-pyramid.ts';

export interface LabelPyramidOptions {
  readonly path: string;
  /** Classes (0…255) or objects; 0 is background. */
  readonly map: ClassMap | LabelMap;
  /** Micrometres per pixel, or null where unknown. */
  readonly pixelSizeUm: number | null;
  readonly name?: string;
  readonly signal?: AbortSignal;
}

/**
 * Writes a map of classes or objects as a pyramid like a picture's, so that a viewer reads only what it shows. Every
 * level holds numbers of the map itself (the upper left of four), never means. Classes take 8 bits; objects 16, or 32
 * where their numbers exceed 65,535.
 *
 * @throws INVALID_ARGUMENT, OUTPUT_UNWRITABLE, CANCELLED; nothing is left then
 */
export async function writeLabelPyramid({ map, ...options }: LabelPyramidOptions): Promise<WrittenPyramid> {
  const { width, height } = map;
  return await writeOmeTiffPyramid({
    ...options,
    picture: { width, height, channels: 1, data: smallestUnsigned(map.data) },
    reduction: 'nearest',
  });
}

function smallestUnsigned(data: Uint8Array | Int32Array): Uint8Array | Uint16Array | Uint32Array {
  if (data instanceof Uint8Array) return data;
  let most = 0;
  for (const label of data) if (label > most) most = label;
  return most > 0xffff ? Uint32Array.from(data) : Uint16Array.from(data);
}
