import type { Cell } from '../contracts.ts';

/** What was found of one type. */
export interface TypeShare {
  readonly type: string;
  readonly cells: number;
  /** Working px². */
  readonly area: number;
  /** Of the cells that have a type, 0…1; NaN without any. */
  readonly cellFraction: number;
  /** Of the area of cells that have a type, 0…1; NaN without any. */
  readonly areaFraction: number;
}

/** The composition of a picture or of a sample as it was found, without any correction. */
export interface Composition {
  /** In the order of the types. */
  readonly types: readonly TypeShare[];
  /** Cells that have a type: what the fractions are of. */
  readonly n: number;
  readonly unassigned: { readonly cells: number; readonly area: number };
}

/** Counts the cells of one picture, or of all pictures of a sample, by type. */
export function composition(cells: Iterable<Cell>, types: readonly string[]): Composition {
  const counts = new Float64Array(types.length + 1);
  const areas = new Float64Array(types.length + 1);
  for (const cell of cells) {
    counts[cell.type] = counts[cell.type]! + 1;
    areas[cell.type] = areas[cell.type]! + cell.area;
  }
  const n = counts.subarray(1).reduce((a, b) => a + b, 0);
  const area = areas.subarray(1).reduce((a, b) => a + b, 0);
  return {
    types: types.map((type, k) => ({
      type,
      cells: counts[k + 1]!,
      area: areas[k + 1]!,
      cellFraction: counts[k + 1]! / n,
      areaFraction: areas[k + 1]! / area,
    })),
    n,
    unassigned: { cells: counts[0]!, area: areas[0]! },
  };
}
