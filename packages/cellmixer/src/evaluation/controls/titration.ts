/** Fractions 0, 0.1 … 1 that one type takes in a titration. */
export const titrationFractions: readonly number[] = Array.from({ length: 11 }, (_, i) => i / 10);

export interface TitrationPoint {
  /** True fraction, 0…1. */
  readonly truth: number;
  /** Found fraction, 0…1. */
  readonly found: number;
}

export interface Titration {
  /** Least squares: found = intercept + slope × truth; 1 and 0 would be right. */
  readonly slope: number;
  readonly intercept: number;
  /** Share of the variance of `found` that the line explains. */
  readonly rSquared: number;
  readonly meanAbsoluteError: number;
  readonly largestError: number;
  readonly n: number;
}

/** How found fractions follow true ones. NaN line with fewer than two different truths. */
export function titration(points: readonly TitrationPoint[]): Titration {
  const n = points.length;
  const meanTruth = points.reduce((sum, point) => sum + point.truth, 0) / n;
  const meanFound = points.reduce((sum, point) => sum + point.found, 0) / n;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const { truth, found } of points) {
    xx += (truth - meanTruth) ** 2;
    xy += (truth - meanTruth) * (found - meanFound);
    yy += (found - meanFound) ** 2;
  }
  const errors = points.map(({ truth, found }) => Math.abs(found - truth));
  return {
    slope: xy / xx,
    intercept: meanFound - (xy / xx) * meanTruth,
    rSquared: (xy * xy) / (xx * yy),
    meanAbsoluteError: errors.reduce((a, b) => a + b, 0) / n,
    largestError: Math.max(...errors),
    n,
  };
}
