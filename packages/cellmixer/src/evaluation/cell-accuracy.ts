import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { requireSameSize } from './confusion.ts';
import { meanOfKnown } from './pixel-metrics.ts';

/** True cells by (true type, called type): `counts[(truth − 1) × (K + 1) + called]`, called 0 = not found. */
export interface CellConfusion {
  readonly types: number;
  readonly counts: Float64Array;
}

/**
 * What each true cell is called. A true cell's type is the one that most of its pixels have in the true class map;
 * cells whose pixels are mostly ignored (255) or background there do not count. It is called by the type that
 * most of its pixels are called by; pixels called background have no vote, and a cell without any vote counts as
 * not found. Ties go to the lower type.
 */
export function cellConfusion(
  truth: ClassMap,
  instances: LabelMap,
  called: ClassMap,
  types: number,
): CellConfusion {
  requireSameSize(truth, called);
  requireSameSize(truth, instances);
  const cells = instances.data.reduce((a, b) => Math.max(a, b), 0);
  const truthVotes = new Uint32Array((cells + 1) * 256);
  const calledVotes = new Uint32Array((cells + 1) * (types + 1));
  for (let i = 0; i < truth.data.length; i++) {
    const cell = instances.data[i]!;
    if (cell <= 0) continue;
    const t = cell * 256 + truth.data[i]!;
    truthVotes[t] = truthVotes[t]! + 1;
    const type = called.data[i]!;
    if (type === 0 || type > types) continue;
    const c = cell * (types + 1) + type;
    calledVotes[c] = calledVotes[c]! + 1;
  }
  const counts = new Float64Array(types * (types + 1));
  for (let cell = 1; cell <= cells; cell++) {
    const type = winner(truthVotes.subarray(cell * 256, (cell + 1) * 256));
    if (type === 0 || type > types) continue;
    const at =
      (type - 1) * (types + 1) + winner(calledVotes.subarray(cell * (types + 1), (cell + 1) * (types + 1)));
    counts[at] = counts[at]! + 1;
  }
  return { types, counts };
}

/** Index of the most votes, the lowest of equals; 0 without any vote. */
function winner(votes: Uint32Array): number {
  let best = 0;
  for (let i = 1; i < votes.length; i++) if (votes[i]! > votes[best]!) best = i;
  return best;
}

export function poolCells(confusions: readonly CellConfusion[]): CellConfusion {
  const types = confusions[0]?.types ?? 0;
  const counts = new Float64Array(types * (types + 1));
  for (const each of confusions)
    for (let i = 0; i < counts.length; i++) counts[i] = counts[i]! + each.counts[i]!;
  return { types, counts };
}

/** Share of each type's true cells that are called so; NaN for absent types. */
export function cellRecalls({ types, counts }: CellConfusion): number[] {
  return Array.from({ length: types }, (_, k) => {
    const row = counts.subarray(k * (types + 1), (k + 1) * (types + 1));
    return row[k + 1]! / row.reduce((a, b) => a + b, 0);
  });
}

/** Mean over the types that have true cells of the share that is called right. NaN without any cell. */
export function balancedCellAccuracy(confusion: CellConfusion): number {
  return meanOfKnown(cellRecalls(confusion));
}
