/** A share with its 95 % interval, all 0…1. */
export interface ShareInterval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.959964;

/**
 * The share of each class among cells that were counted in clusters: the images of a sample, or the samples of a
 * condition. Cells of one cluster are alike, so the binomial interval would be far too narrow. The effective number of
 * cells is n ÷ D, with D the design effect of Rao & Scott (Biometrics 48, 1992): the variance of the ratio estimator
 * over clusters (Cochran, Sampling Techniques, 1977, eq. 6.13) over the binomial one, pooled over the classes, at
 * least as large as cells were counted often: a cell that is seen at ten time points is one. The interval is Wilson's
 * (JASA 22, 1927) with that number.
 *
 * One cluster tells nothing of the spread between clusters: the interval then covers counting alone. Of fewer than
 * five clusters D is uncertain, and the interval may be too narrow.
 *
 * @param clusters cells of each class in each cluster
 * @param looks how often each field was looked at, 1…
 * @returns one interval a class; shares are NaN and intervals 0…1 where nothing was counted
 */
export function shareIntervals(clusters: readonly (readonly number[])[], looks = 1): ShareInterval[] {
  const classes = clusters[0]?.length ?? 0;
  const sums = Array.from({ length: classes }, (_, k) => total(clusters.map((cluster) => cluster[k] ?? 0)));
  const n = total(sums);
  if (n === 0) return sums.map(() => ({ share: Number.NaN, low: 0, high: 1 }));
  const shares = sums.map((sum) => sum / n);
  const effective = n / Math.max(looks, designEffect(clusters, shares, n));
  return shares.map((share) => wilson(share, effective));
}

function designEffect(
  clusters: readonly (readonly number[])[],
  shares: readonly number[],
  n: number,
): number {
  const m = clusters.length;
  if (m < 2) return 1;
  let between = 0;
  for (const cluster of clusters) {
    const cells = total(cluster);
    for (const [k, share] of shares.entries()) between += ((cluster[k] ?? 0) - share * cells) ** 2;
  }
  const variance = ((m / (m - 1)) * between) / n ** 2;
  const binomial = total(shares.map((share) => share * (1 - share))) / n;
  return binomial > 0 ? Math.max(1, variance / binomial) : 1;
}

function wilson(share: number, n: number): ShareInterval {
  const middle = (share + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const half = (Z / (1 + Z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
