import { metricNames } from '@cellmixer/cellmixer';
import type { Console } from '../terminal/console.ts';
import { sayDuration } from '../terminal/duration.ts';
import { alignTable } from '../terminal/table.ts';
import type { DemoResult } from './demo-result.ts';
import { caveats, verdict } from './verdict.ts';

/** The comparison on the terminal. */
export function tellResult(console: Console, result: DemoResult, report: string): void {
  const { cellmixer, baseline } = result;
  const range = (low: number, high: number) =>
    Number.isFinite(low) ? `${low.toFixed(2)}–${high.toFixed(2)}` : '–';
  const rows = metricNames.map((name) => {
    const ours = cellmixer.evaluation.metrics[name];
    const theirs = baseline.evaluation.metrics[name];
    return [name, ours.estimate, range(ours.low, ours.high), theirs.estimate, range(theirs.low, theirs.high)];
  });
  const { n, samples } = cellmixer.evaluation.metrics.miou;
  console.print();
  console.print(`${n} mixtures in ${samples} samples; intervals of 95 % over samples`);
  for (const line of alignTable(['figure', 'CellMixer', '95 %', 'baseline', '95 % '], rows))
    console.print(line);
  console.print();
  console.print(verdict(result));
  console.print(caveats[result.data.truth]);
  console.print();
  console.print(`Report: ${report} (${sayDuration(result.seconds)} in all)`);
}
