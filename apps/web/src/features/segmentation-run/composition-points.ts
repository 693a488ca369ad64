/** What was found of one class in one sample. */
export interface SampleShare {
  readonly name: string;
  readonly cells: number;
  readonly fraction: number | null;
  readonly low: number;
  readonly high: number;
  readonly seededFraction: number | null;
}

/** One sample: a replicate in every chart. */
export interface SampleComposition {
  readonly name: string;
  /** `Plate 1, B2`, where it is known. */
  readonly place: string;
  readonly plate: string | null;
  readonly well: string | null;
  readonly replicate: string | null;
  readonly treatment: string | null;
  readonly dose: number | null;
  readonly doseUnit: string | null;
  /** Hours since the start of the experiment. */
  readonly timePoint: number | null;
  readonly images: number;
  readonly cells: number;
  readonly unassignedCells: number;
  /** In the model's order. */
  readonly classes: readonly SampleShare[];
}

interface GroupShape {
  readonly imageName: string | null;
  readonly sampleName: string | null;
  readonly plate: string | null;
  readonly well: string | null;
  readonly replicate: string | null;
  readonly treatment: string | null;
  readonly dose: number | null;
  readonly doseUnit: string | null;
  readonly timePoint: number | null;
  readonly images: number;
  readonly composition: {
    readonly cells: number;
    readonly unassignedCells: number;
    readonly classes: readonly SampleShare[];
  };
}

/** The groups of a run as samples, each with a name of its own, by plate, well and name. */
export function samplesOf(groups: readonly GroupShape[]): SampleComposition[] {
  const taken = new Map<string, number>();
  return groups
    .map(({ composition, ...group }) => {
      const plain = group.sampleName ?? group.imageName ?? 'no sample';
      const times = (taken.get(plain) ?? 0) + 1;
      taken.set(plain, times);
      return {
        name: times === 1 ? plain : `${plain} (${times})`,
        place: [group.plate, group.well].filter(Boolean).join(', '),
        plate: group.plate,
        well: group.well,
        replicate: group.replicate,
        treatment: group.treatment,
        dose: group.dose,
        doseUnit: group.doseUnit,
        timePoint: group.timePoint,
        images: group.images,
        cells: composition.cells,
        unassignedCells: composition.unassignedCells,
        classes: composition.classes,
      };
    })
    .toSorted(
      (a, b) =>
        a.place.localeCompare(b.place, 'en', { numeric: true }) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
}

/** One class of one sample: a point with its interval. */
export interface CompositionPoint {
  readonly sample: string;
  readonly className: string;
  readonly fraction: number;
  readonly low: number;
  readonly high: number;
  readonly seeded: number | null;
}

/** Every class of every sample that has cells; samples without any have no fractions to draw. */
export function compositionPoints(samples: readonly SampleComposition[]): CompositionPoint[] {
  return samples.flatMap(({ name: sample, classes }) =>
    classes.flatMap(({ name: className, fraction, low, high, seededFraction: seeded }) =>
      fraction === null ? [] : [{ sample, className, fraction, low, high, seeded }],
    ),
  );
}

/** Mean distance of measured and seeded fractions, of the points that have both; null without any. */
export function seededError(points: readonly CompositionPoint[]): number | null {
  const errors = points.flatMap(({ fraction, seeded }) =>
    seeded === null ? [] : [Math.abs(fraction - seeded)],
  );
  return errors.length === 0 ? null : errors.reduce((a, b) => a + b, 0) / errors.length;
}

/** `41.3 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
