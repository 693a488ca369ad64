export interface SamplePicture {
  readonly step: number;
  readonly position: number;
  readonly pictureUrl: string;
  readonly labelsUrl: string;
  readonly predictionUrl?: string | null;
}

/** A mixture that the network is not trained on, and what it has found in it so far. */
export interface LookRow {
  readonly position: number;
  readonly pictureUrl: string;
  readonly labelsUrl: string;
  /** In the order of steps; null where this mixture was not looked at. */
  readonly found: readonly (string | null)[];
}

/** So many looks stand beside each other. */
const MOST = 5;

/** Mixtures that are not trained on as rows, looks as columns: the first, the last, and some evenly between. */
export function lookRows(pictures: readonly SamplePicture[]): {
  readonly steps: readonly number[];
  readonly rows: readonly LookRow[];
} {
  const all = [...new Set(pictures.map(({ step }) => step))].toSorted((a, b) => a - b);
  const steps =
    all.length <= MOST
      ? all
      : Array.from({ length: MOST }, (_, i) => all[Math.round((i * (all.length - 1)) / (MOST - 1))] ?? 0);
  const byPosition = Map.groupBy(pictures, ({ position }) => position);
  const rows = [...byPosition]
    .toSorted(([a], [b]) => a - b)
    .map(([position, own]) => ({
      position,
      pictureUrl: own.at(-1)?.pictureUrl ?? '',
      labelsUrl: own.at(-1)?.labelsUrl ?? '',
      found: steps.map((step) => own.find((one) => one.step === step)?.predictionUrl ?? null),
    }));
  return { steps, rows };
}

/** The newest mixtures that were drawn while training. */
export function newestSamples(pictures: readonly SamplePicture[]): SamplePicture[] {
  const last = Math.max(...pictures.map(({ step }) => step));
  return pictures.filter(({ step }) => step === last).toSorted((a, b) => a.position - b.position);
}
