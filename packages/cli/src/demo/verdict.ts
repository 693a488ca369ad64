import type { Interval, MetricName } from '@cellmixer/cellmixer';
import { percent } from '../report/composition-bars.ts';
import type { TruthKind } from './demo-data.ts';
import type { DemoResult } from './demo-result.ts';

/** The figure that answers "how many were called right": of cells where single cells are known, else of their area. */
export function rightMetric(result: DemoResult): { readonly name: MetricName; readonly what: string } {
  return result.data.mixtures.some((picture) => picture.instances !== null)
    ? { name: 'balancedCellAccuracy', what: 'cells' }
    : { name: 'typeAccuracy', what: 'cells’ area' };
}

/** What the comparison shows, in words that the figures bear. */
export function verdict(result: DemoResult): string {
  const { name, what } = rightMetric(result);
  const { cellmixer, baseline, gain } = result;
  const ours = cellmixer.evaluation.metrics[name];
  const theirs = baseline.evaluation.metrics[name];
  return (
    `In ${ours.n} mixtures CellMixer called ${percent(ours.estimate)} of the ${what} right (mean over lines); the ` +
    `baseline, trained on the same pictures unmixed for the same ${cellmixer.settings.steps} steps, ` +
    `${percent(theirs.estimate)}. ${sayDifference(gain.difference)}`
  );
}

/** What a difference of mean IoU bears: better, worse, or not beyond chance. */
export function sayDifference({ estimate, low, high, samples }: Interval): string {
  const difference = `${sign(estimate)} in mean IoU`;
  if (Number.isNaN(low)) return `The difference is ${difference}; one sample gives no interval.`;
  const range = `${difference}, 95 % interval ${sign(low)} to ${sign(high)} over ${samples} samples`;
  if (low > 0) return `CellMixer does better: ${range}.`;
  if (high < 0) return `The baseline does better here: ${range}.`;
  return `The two do not differ beyond chance: ${range}.`;
}

export function sign(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`;
}

/** What these figures can and cannot say; the first words of the report and the last of the terminal. */
export const caveats: Readonly<Record<TruthKind, string>> = {
  drawn:
    'The pictures are synthetic: this program drew them. The demo shows how the chain works; it proves nothing about cells.',
  masks:
    'The mixtures are yours, with your class maps as truth. Minutes of training are a demo, not a result.',
  artificial:
    'There is no truth for real mixtures in this folder, so the comparison is made on artificial mixtures of pictures that ' +
    'were kept from training; their outlines were found by the program, not drawn. It says nothing yet about real mixtures.',
};
