import { createRandom } from '@cellmixer/pixels';

/** A figure with its bootstrap interval; NaN interval where fewer than two samples were there. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Independent samples (wells, slides) that were drawn from. */
  readonly samples: number;
  /** Records (pictures) in them. */
  readonly n: number;
}

export interface BootstrapOptions {
  readonly seed?: number | string;
  /** 1,000 by default. */
  readonly draws?: number;
  /** 0.95 by default. */
  readonly level?: number;
}

/**
 * Percentile bootstrap that draws whole samples with replacement, never single pictures of one well: pictures of a
 * well are alike, and drawing them singly would give an interval far too narrow. Records whose sample is null each
 * stand alone. Draws whose statistic is NaN are left out.
 */
export function bootstrap<R>(
  records: readonly R[],
  sampleOf: (record: R) => string | null,
  statistic: (records: readonly R[]) => number,
  options: BootstrapOptions = {},
): Interval {
  const groups = groupBySample(records, sampleOf);
  const estimate = statistic(records);
  const known = { estimate, samples: groups.length, n: records.length };
  if (groups.length < 2) return { ...known, low: Number.NaN, high: Number.NaN };
  const random = createRandom(options.seed ?? 0).fork('bootstrap');
  const values: number[] = [];
  for (let draw = 0; draw < (options.draws ?? 1000); draw++) {
    const drawn: R[] = [];
    for (let i = 0; i < groups.length; i++) drawn.push(...random.pick(groups));
    const value = statistic(drawn);
    if (!Number.isNaN(value)) values.push(value);
  }
  const tail = (1 - (options.level ?? 0.95)) / 2;
  return { ...known, low: quantile(values, tail), high: quantile(values, 1 - tail) };
}

/** Records of one sample together, in the order of first appearance. */
export function groupBySample<R>(records: readonly R[], sampleOf: (record: R) => string | null): R[][] {
  const bySample = new Map<string, R[]>();
  const groups: R[][] = [];
  for (const record of records) {
    const sample = sampleOf(record);
    const group = sample === null ? undefined : bySample.get(sample);
    if (group !== undefined) {
      group.push(record);
      continue;
    }
    const fresh = [record];
    groups.push(fresh);
    if (sample !== null) bySample.set(sample, fresh);
  }
  return groups;
}

/** The q-quantile, linear between neighbours; NaN of no values. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const upper = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return sorted[below]! + (upper - sorted[below]!) * (position - below);
}
