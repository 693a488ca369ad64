import type { SampleComposition } from './composition-points.ts';

/** What a sample's composition is drawn over. */
export type SeriesOver = 'dose' | 'time';

/** One class of one sample at its dose or time. */
export interface SeriesPoint {
  readonly className: string;
  /** What was added; empty where nobody said. */
  readonly treatment: string;
  readonly at: number;
  readonly fraction: number;
  readonly low: number;
  readonly high: number;
}

export interface Series {
  readonly over: SeriesOver;
  /** `µM`, `h`. */
  readonly unit: string;
  readonly points: readonly SeriesPoint[];
}

/**
 * The curves that the samples of a run allow: over the dose (one for each unit), over the time. A treatment is in where
 * it was measured at two doses or times at least.
 */
export function seriesOf(samples: readonly SampleComposition[]): Series[] {
  const units = [
    ...new Set(samples.flatMap(({ dose, doseUnit }) => (dose === null ? [] : [doseUnit ?? '']))),
  ];
  return [
    ...units.map((unit) =>
      collect('dose', unit, samples, (sample) => ((sample.doseUnit ?? '') === unit ? sample.dose : null)),
    ),
    collect('time', 'h', samples, ({ timePoint }) => timePoint),
  ].filter(({ points }) => points.length > 0);
}

function collect(
  over: SeriesOver,
  unit: string,
  samples: readonly SampleComposition[],
  at: (sample: SampleComposition) => number | null,
): Series {
  const all = samples.flatMap((sample) => {
    const place = at(sample);
    if (place === null) return [];
    return sample.classes.flatMap(({ name: className, fraction, low, high }): SeriesPoint[] =>
      fraction === null
        ? []
        : [{ className, treatment: sample.treatment ?? '', at: place, fraction, low, high }],
    );
  });
  const byTreatment = Map.groupBy(all, ({ treatment }) => treatment);
  const points = [...byTreatment.values()]
    .filter((own) => new Set(own.map((point) => point.at)).size > 1)
    .flat();
  return { over, unit, points };
}

export interface SeriesMean {
  readonly className: string;
  readonly treatment: string;
  readonly at: number;
  readonly mean: number;
}

/** The mean over samples at each dose or time: what the line goes through. */
export function meansOf(points: readonly SeriesPoint[]): SeriesMean[] {
  const groups = Map.groupBy(points, ({ className, treatment, at }) =>
    JSON.stringify([className, treatment, at]),
  );
  return [...groups.values()]
    .flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const { className, treatment, at } = first;
      return [
        { className, treatment, at, mean: own.reduce((sum, one) => sum + one.fraction, 0) / own.length },
      ];
    })
    .toSorted((a, b) => a.at - b.at);
}
