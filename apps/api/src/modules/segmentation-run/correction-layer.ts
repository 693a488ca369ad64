import { z } from 'zod';
import type { FoundCell } from './cell-records.ts';

export const DELETED = -1;
export const UNKNOWN = 0;

/** What people have said of cells, by their labels: a class 1…, 0 unknown, −1 deleted. */
export type CorrectionLayer = ReadonlyMap<number, number>;

const stored = z.record(z.string().regex(/^\d+$/), z.int());

export function parseLayer(value: unknown): CorrectionLayer {
  return new Map(Object.entries(stored.parse(value)).map(([label, position]) => [Number(label), position]));
}

/** Counts cells and areas by class, without a class first, as they are with the layer over them. */
export function countCorrected(cells: readonly FoundCell[], layer: CorrectionLayer, classes: number) {
  const counts = Array.from({ length: classes + 1 }, (_, position) => ({ position, cells: 0, area: 0 }));
  for (const cell of cells) {
    const count = counts[layer.get(cell.label) ?? cell.type];
    if (count === undefined) continue;
    count.cells += 1;
    count.area += cell.area;
  }
  return counts;
}
