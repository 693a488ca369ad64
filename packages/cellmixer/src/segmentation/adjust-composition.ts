import { CellMixerError } from '@cellmixer/errors';
import { createRandom, type Random } from '@cellmixer/pixels';
import { groupBySample, quantile } from '../evaluation/bootstrap.ts';
import { type CellConfusion, poolCells } from '../evaluation/cell-accuracy.ts';

/** Cells called each type in one picture. */
export interface FoundCounts {
  readonly sample: string | null;
  /** K counts. */
  readonly cells: readonly number[];
}

/** How true cells of one held-out picture were called. */
export interface HeldOutConfusion {
  readonly sample: string | null;
  readonly confusion: CellConfusion;
}

export interface AdjustedShare {
  /** Found fraction, 0…1. */
  readonly raw: number;
  /** The fraction that best explains what was found, given the known confusion, 0…1. */
  readonly adjusted: number;
  /** Bootstrap interval of `adjusted`. */
  readonly low: number;
  readonly high: number;
}

export interface AdjustedComposition {
  readonly types: readonly AdjustedShare[];
  /** Cells that were counted. */
  readonly n: number;
  readonly samples: number;
  /** True cells that the confusion was measured on, and in how many samples. */
  readonly heldOutCells: number;
  readonly heldOutSamples: number;
}

export interface AdjustOptions {
  readonly seed?: number | string;
  /** 500 by default. */
  readonly draws?: number;
  /** 0.95 by default. */
  readonly level?: number;
}

/** Added to every count of the confusion (Jeffreys), so that nothing is impossible because it was rare. */
const PRIOR = 0.5;
const ITERATIONS = 1000;

/**
 * The composition adjusted by the confusion measured on held-out mixtures. With M[t][p] the share of true cells t
 * that are called p, expected counts are Σₜ λₜ M[t][p]; λ ≥ 0 is found by maximum likelihood (expectation
 * maximisation, Shepp & Vardi 1982) from the raw counts on, and never leaves the simplex. Cells that are missed
 * more often in one type than in another are accounted for.
 *
 * The interval draws whole samples on both sides; a single sample is drawn by its cells instead, which covers
 * counting alone.
 *
 * @throws INVALID_ARGUMENT where the numbers of types differ or nothing was counted on either side
 */
export function adjustComposition(
  found: readonly FoundCounts[],
  heldOut: readonly HeldOutConfusion[],
  options: AdjustOptions = {},
): AdjustedComposition {
  const types = heldOut[0]?.confusion.types ?? 0;
  const counts = sumCounts(found, types);
  const n = counts.reduce((a, b) => a + b, 0);
  const confusion = poolCells(heldOut.map((each) => each.confusion));
  requireCounts(found, types, n, confusion);
  const adjusted = explain(counts, confusion);
  const foundGroups = groupBySample(found, (each) => each.sample);
  const heldOutGroups = groupBySample(heldOut, (each) => each.sample);
  const random = createRandom(options.seed ?? 0).fork('adjust-composition');
  const drawn: number[][] = [];
  for (let draw = 0; draw < (options.draws ?? 500); draw++) {
    const cells =
      foundGroups.length > 1
        ? sumCounts(
            foundGroups.flatMap(() => random.pick(foundGroups)),
            types,
          )
        : drawCells(counts, random);
    const again =
      heldOutGroups.length > 1
        ? poolCells(heldOutGroups.flatMap(() => random.pick(heldOutGroups)).map((each) => each.confusion))
        : { types, counts: Float64Array.from(drawCells([...confusion.counts], random)) };
    drawn.push(explain(cells, again));
  }
  const tail = (1 - (options.level ?? 0.95)) / 2;
  return {
    types: adjusted.map((share, k) => {
      const values = drawn.map((shares) => shares[k]!).filter((value) => !Number.isNaN(value));
      return {
        raw: counts[k]! / n,
        adjusted: share,
        low: quantile(values, tail),
        high: quantile(values, 1 - tail),
      };
    }),
    n,
    samples: foundGroups.length,
    heldOutCells: confusion.counts.reduce((a, b) => a + b, 0),
    heldOutSamples: heldOutGroups.length,
  };
}

/** Fractions 0…1 of the true types that make `counts` most likely. */
function explain(counts: readonly number[], { types, counts: cells }: CellConfusion): number[] {
  const rows = Array.from({ length: types }, (_, t) => {
    const row = Array.from(cells.subarray(t * (types + 1), (t + 1) * (types + 1)), (count) => count + PRIOR);
    const total = row.reduce((a, b) => a + b, 0);
    return row.slice(1).map((count) => count / total);
  });
  const kept = rows.map((row) => row.reduce((a, b) => a + b, 0));
  let amounts = counts.map((count) => count + 1e-3);
  for (let i = 0; i < ITERATIONS; i++) {
    const expected = counts.map((_, p) => rows.reduce((sum, row, t) => sum + amounts[t]! * row[p]!, 0));
    const next = amounts.map(
      (amount, t) =>
        (amount / kept[t]!) *
        counts.reduce((sum, count, p) => sum + (count * rows[t]![p]!) / expected[p]!, 0),
    );
    const moved = next.reduce((sum, amount, t) => sum + Math.abs(amount - amounts[t]!), 0);
    const total = next.reduce((a, b) => a + b, 0);
    amounts = next;
    if (moved < 1e-9 * total) break;
  }
  const total = amounts.reduce((a, b) => a + b, 0);
  return amounts.map((amount) => amount / total);
}

function sumCounts(found: readonly FoundCounts[], types: number): number[] {
  return Array.from({ length: types }, (_, k) => found.reduce((sum, each) => sum + (each.cells[k] ?? 0), 0));
}

/** As many cells again, drawn from the shares of the counts. */
function drawCells(counts: readonly number[], random: Random): number[] {
  const total = counts.reduce((a, b) => a + b, 0);
  const drawn = counts.map(() => 0);
  // Poisson counts around the found ones: a normal draw is close enough from some 30 on, below it is counted out.
  for (let k = 0; k < counts.length; k++) drawn[k] = poisson(counts[k]!, random);
  return total > 0 && drawn.every((count) => count === 0) ? [...counts] : drawn;
}

function poisson(mean: number, random: Random): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  const limit = Math.exp(-mean);
  let product = random.next();
  let count = 0;
  while (product > limit) {
    product *= random.next();
    count++;
  }
  return count;
}

function requireCounts(
  found: readonly FoundCounts[],
  types: number,
  n: number,
  confusion: CellConfusion,
): void {
  const off = found.find((each) => each.cells.length !== types);
  if (off !== undefined) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `counts of ${off.cells.length} types cannot be adjusted by a confusion of ${types}`,
    );
  }
  if (n === 0 || confusion.counts.every((count) => count === 0)) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      n === 0 ? 'no cells were found; there is no composition' : 'the held-out confusion holds no cells',
    );
  }
}
