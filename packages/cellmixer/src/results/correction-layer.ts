import { CellMixerError } from '@cellmixer/errors';
import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { z } from 'zod';
import type { Cell } from '../contracts.ts';

export const DELETED = -1;
export const UNKNOWN = 0;

/** What people have said of cells, by their labels: a class 1…, 0 unknown, −1 deleted. */
export type CorrectionLayer = ReadonlyMap<number, number>;

const stored = z.record(z.string().regex(/^\d+$/), z.int());

/** Reads a layer as it is stored: an object of labels. @throws ZodError for anything else */
export function parseLayer(value: unknown): CorrectionLayer {
  return new Map(Object.entries(stored.parse(value)).map(([label, position]) => [Number(label), position]));
}

/** Counts cells and areas by class, without a class first, as they are with the layer over them. */
export function countCorrected(
  cells: readonly Pick<Cell, 'label' | 'type' | 'area'>[],
  layer: CorrectionLayer,
  classes: number,
) {
  const counts = Array.from({ length: classes + 1 }, (_, position) => ({ position, cells: 0, area: 0 }));
  for (const cell of cells) {
    const count = counts[layer.get(cell.label) ?? cell.type];
    if (count === undefined) continue;
    count.cells += 1;
    count.area += cell.area;
  }
  return counts;
}

/**
 * The class map with the layer over it: all pixels of a corrected cell have the class that people have given it, and 0
 * where it is unknown or no cell.
 *
 * @throws INVALID_ARGUMENT where the two maps differ in size
 */
export function correctClassMap(map: ClassMap, cells: LabelMap, layer: CorrectionLayer): ClassMap {
  if (map.width !== cells.width || map.height !== cells.height) {
    const sizes = `${map.width} × ${map.height}, that of the cells ${cells.width} × ${cells.height}`;
    throw new CellMixerError('INVALID_ARGUMENT', `the map of classes is ${sizes}`);
  }
  const data = map.data.slice();
  for (let i = 0; i < data.length; i++) {
    const label = cells.data[i]!;
    const said = label === 0 ? undefined : layer.get(label);
    if (said !== undefined) data[i] = Math.max(0, said);
  }
  return { ...map, data };
}
