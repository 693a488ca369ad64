import { type BootstrapOptions, bootstrap, type Interval } from './bootstrap.ts';
import { type MetricName, metricsOf, type PictureCounts } from './evaluate.ts';

/** Metrics of which less is better. */
const LESS_IS_BETTER: ReadonlySet<MetricName> = new Set(['compositionMae']);

/** How run `a` does against run `b` on the pictures that both have seen. */
export interface RunComparison {
  readonly metric: MetricName;
  /** Pooled metric of a minus that of b, with an interval over samples: the same samples are drawn for both. */
  readonly difference: Interval;
  /** Pictures where a is better, where b is, and where they are equal; pictures where either is NaN count nowhere. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Pictures of one run that the other has not seen, by name; they are left out. */
  readonly unpaired: readonly string[];
}

/** Compares two runs by picture; pictures are paired by name. */
export function compareRuns(
  a: readonly PictureCounts[],
  b: readonly PictureCounts[],
  metric: MetricName,
  options: BootstrapOptions = {},
): RunComparison {
  const byName = new Map(b.map((picture) => [picture.name, picture]));
  const pairs = a.flatMap((picture) => {
    const other = byName.get(picture.name);
    return other === undefined ? [] : [{ a: picture, b: other }];
  });
  const paired = new Set(pairs.map((pair) => pair.a.name));
  const sign = LESS_IS_BETTER.has(metric) ? -1 : 1;
  const leads = pairs.map((pair) => sign * (metricsOf([pair.a])[metric] - metricsOf([pair.b])[metric]));
  return {
    metric,
    difference: bootstrap(
      pairs,
      (pair) => pair.a.sample,
      (drawn) =>
        metricsOf(drawn.map((pair) => pair.a))[metric] - metricsOf(drawn.map((pair) => pair.b))[metric],
      options,
    ),
    wins: leads.filter((lead) => lead > 0).length,
    losses: leads.filter((lead) => lead < 0).length,
    ties: leads.filter((lead) => lead === 0).length,
    unpaired: [...a, ...b].map((picture) => picture.name).filter((name) => !paired.has(name)),
  };
}
