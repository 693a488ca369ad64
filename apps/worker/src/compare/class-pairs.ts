import type { ClassMap, LabelMap } from '@cellmixer/pixels';

/**
 * Where two class maps of one size differ, and between what: 0 where they agree, else 1 + first × (classes + 1) +
 * second, with 0 background and 1… the classes. A viewer draws both colours from the one number.
 */
export function classPairs(first: ClassMap, second: ClassMap, classes: number): LabelMap {
  const data = new Int32Array(first.data.length);
  for (let i = 0; i < data.length; i++) {
    const a = first.data[i]!;
    const b = second.data[i]!;
    data[i] = a === b ? 0 : 1 + a * (classes + 1) + b;
  }
  return { width: first.width, height: first.height, data };
}
