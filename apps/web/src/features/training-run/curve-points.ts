export interface Metric {
  readonly step: number;
  readonly loss: number | null;
  readonly miou: number | null;
}

export interface CurveRun {
  readonly name: string;
  readonly metrics: readonly Metric[];
}

export interface CurvePoint {
  readonly run: string;
  readonly step: number;
  readonly value: number;
}

/** How many steps a loss is averaged over: single batches scatter more than they tell. */
const WINDOW = 20;

/** The loss, smoothed by a running mean over up to 20 steps, all before the point itself. */
export function lossPoints(runs: readonly CurveRun[]): CurvePoint[] {
  return runs.flatMap(({ name, metrics }) => {
    const kept: number[] = [];
    return metrics.flatMap(({ step, loss }) => {
      if (loss === null) return [];
      kept.push(loss);
      if (kept.length > WINDOW) kept.shift();
      return [{ run: name, step, value: kept.reduce((a, b) => a + b, 0) / kept.length }];
    });
  });
}

/** Mean IoU at every look at samples that are not trained on. */
export function scorePoints(runs: readonly CurveRun[]): CurvePoint[] {
  return runs.flatMap(({ name, metrics }) =>
    metrics.flatMap(({ step, miou }) => (miou === null ? [] : [{ run: name, step, value: miou }])),
  );
}

/** All points as a table for a spreadsheet. */
export function curvesCsv(runs: readonly CurveRun[]): string {
  const rows = runs.flatMap(({ name, metrics }) =>
    metrics.map(({ step, loss, miou }) => [name, step, loss ?? '', miou ?? ''].join(',')),
  );
  return ['run,step,loss,miou', ...rows, ''].join('\r\n');
}
