import { quantile } from '../evaluation/bootstrap.ts';

/** What was found in a held-out sample that holds one type alone. */
export interface PureSample {
  readonly sample: string;
  /** Its type, 0…K − 1. */
  readonly type: number;
  /** Fractions found, K of them, 0…1. */
  readonly fractions: readonly number[];
}

export interface LimitOfBlank {
  /** A found fraction up to this may come from cells of other types alone, 0…1; NaN without blanks. */
  readonly limit: number;
  /** Pure samples of other types it rests on; below 20 the limit is hardly more than the largest of them. */
  readonly n: number;
}

/**
 * Limit of blank of each type: the 95th percentile of the fraction that is falsely found in pure held-out samples
 * of the other types (CLSI EP17).
 */
export function limitOfBlank(pure: readonly PureSample[], types: number): LimitOfBlank[] {
  return Array.from({ length: types }, (_, k) => {
    const blanks = pure.filter((sample) => sample.type !== k).map((sample) => sample.fractions[k]!);
    return { limit: quantile(blanks, 0.95), n: blanks.length };
  });
}
