import type { Figures } from '../report.ts';
import type { MethodResult } from './evaluate-run.ts';

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function ofMethod(
  results: readonly MethodResult[],
  method: string,
  value: (r: MethodResult) => number | undefined,
) {
  const values = results
    .filter((result) => result.method === method)
    .map(value)
    .filter((v): v is number => v !== undefined);
  return values.length > 0 ? mean(values) : undefined;
}

/** The figures of the method benchmark, means over seeds; what was not measured is left out. */
export function methodFigures(results: readonly MethodResult[]): Figures {
  const figures: Record<string, number> = {};
  const put = (id: string, value: number | undefined) => {
    if (value !== undefined && Number.isFinite(value)) figures[id] = value;
  };
  const minus = (a: number | undefined, b: number | undefined) =>
    a === undefined || b === undefined ? undefined : a - b;
  const worst = (method: string) => ofMethod(results, method, (r) => r.mixtures?.worst);
  const mixed = (method: string) => ofMethod(results, method, (r) => r.mixed?.balancedCellAccuracy);
  // Differences are taken over the seeds that both sides ran.
  const gain = (other: string, value: (r: MethodResult) => number | undefined) => {
    const seeds = results.filter((r) => r.method === other).map((r) => r.seed);
    const own = results.filter((r) => r.method === 'cellmixer' && seeds.includes(r.seed));
    return minus(ofMethod(own, 'cellmixer', value), ofMethod(results, other, value));
  };
  put('method.worst', worst('cellmixer'));
  put(
    'method.gain',
    gain('baseline', (r) => r.mixtures?.worst),
  );
  put(
    'method.overPaper',
    gain('paper', (r) => r.mixtures?.worst),
  );
  put(
    'method.typeAccuracy',
    ofMethod(results, 'cellmixer', (r) => r.homogeneous?.typeAccuracy),
  );
  const supervised = worst('supervised');
  const own = worst('cellmixer');
  if (supervised !== undefined && own !== undefined) put('method.ofSupervised', own / supervised);
  put('mixed.accuracy', mixed('cellmixer'));
  put(
    'mixed.gain',
    gain('baseline', (r) => r.mixed?.balancedCellAccuracy),
  );
  for (const name of ['selfMix', 'nullSplit', 'nullSplitFirst', 'backgroundProbe', 'canvasSwap'] as const) {
    put(
      `control.${name}`,
      ofMethod(results, 'cellmixer', (r) => r.controls?.[name]),
    );
  }
  const foreground = results.find((r) => r.method === 'cellmixer' && r.foreground !== undefined)?.foreground;
  put('foreground.mean', foreground?.mean);
  put('foreground.min', foreground?.min);
  put('foreground.network', foreground?.network);
  put('foreground.networkOwnLines', foreground?.networkOwnLines);
  return figures;
}
