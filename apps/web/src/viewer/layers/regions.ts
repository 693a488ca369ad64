import type { Samples } from '../source/samples.ts';

/** What a cell that no class won is called in the shader and in the palette. */
export const unassigned = 255;

/** Classes as the shader wants them: 0 background, 1…254 the classes, 255 cells of no class. */
export function regionsOf(
  classes: Samples | null,
  instances: Samples | null,
): Uint8Array<ArrayBuffer> | null {
  if (!classes) return null;
  return Uint8Array.from(classes as ArrayLike<number>, (value, i) =>
    value !== 0 && value !== unassigned ? value : instances?.[i] ? unassigned : 0,
  );
}

/** 256 flags as eight numbers of 32 bits, the first flag the lowest bit. */
export function flags(numbers: Iterable<number>): Uint32Array {
  const words = new Uint32Array(8);
  for (const number of numbers) words[number >> 5]! |= 1 << (number & 31);
  return words;
}
