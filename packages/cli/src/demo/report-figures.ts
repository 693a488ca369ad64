import { cellRecalls, type Interval, type MetricName } from '@cellmixer/cellmixer';
import { typePalette } from '@cellmixer/pixels';
import { compositionBars, percent } from '../report/composition-bars.ts';
import { type Html, html } from '../report/html.ts';
import { lineChart } from '../report/line-chart.ts';
import { smooth } from '../report/smooth.ts';
import { digits, table } from '../report/table.ts';
import type { DemoResult, DemoRun, LossPoint } from './demo-result.ts';

const METRICS: readonly (readonly [MetricName, string])[] = [
  ['balancedCellAccuracy', 'cells called right (mean over lines)'],
  ['typeAccuracy', 'cell area called right (mean over lines)'],
  ['miou', 'mean IoU over lines'],
  ['foregroundIou', 'cell against background, IoU'],
  ['ap50', 'cells found whole, AP at IoU 0.5'],
  ['compositionMae', 'error of a line’s share of the area (less is better)'],
];

/** Both methods' metrics with their intervals; what cannot be told for want of single cells is left out. */
export function figuresTable({ cellmixer, baseline }: DemoResult): Html {
  const { n, samples } = cellmixer.evaluation.metrics.miou;
  return table({
    caption: `n = ${n} mixtures in ${samples} samples. Small: 95 % intervals, drawn over whole samples.`,
    columns: ['figure', 'CellMixer', 'baseline'],
    rows: METRICS.filter(([name]) => Number.isFinite(cellmixer.evaluation.metrics[name].estimate)).map(
      ([name, words]) => [
        words,
        withInterval(cellmixer.evaluation.metrics[name]),
        withInterval(baseline.evaluation.metrics[name]),
      ],
    ),
  });
}

function withInterval({ estimate, low, high }: Interval): Html {
  if (!Number.isFinite(low)) return html`${digits(estimate)}`;
  return html`${digits(estimate)} <small>${digits(low)}–${digits(high)}</small>`;
}

/** What true cells are called, by each method. */
export function confusionTables({ types, cellmixer, baseline }: DemoResult): Html | null {
  const total = cellmixer.evaluation.cells.counts.reduce((a, b) => a + b, 0);
  if (total === 0) return null;
  const one = (name: string, { evaluation }: DemoRun) => {
    const stride = types.length + 1;
    const recalls = cellRecalls(evaluation.cells);
    return table({
      caption: `${name}: ${total} true cells (rows) and what they are called`,
      columns: ['', ...types, 'not found', 'right'],
      rows: types.map((type, i) => {
        const row = [...evaluation.cells.counts.subarray(i * stride, (i + 1) * stride)];
        return [type, ...row.slice(1), row[0] ?? 0, percent(recalls[i] ?? Number.NaN)];
      }),
    });
  };
  return html`<div class="charts">${one('CellMixer', cellmixer)}${one('Baseline', baseline)}</div>`;
}

/** Loss curves of both methods: type and foreground. */
export function lossCharts({ cellmixer, baseline }: DemoResult): Html {
  const chart = (title: string, value: (point: LossPoint) => number) => {
    const line = (run: DemoRun, name: string, colour: string, dash: string) => ({
      ...{ name, colour, dash },
      points: smooth(run.losses.map((point) => [point.step, value(point)] as const)),
    });
    const series = [
      line(cellmixer, 'CellMixer', 'var(--first)', ''),
      line(baseline, 'baseline', 'var(--second)', '6 4'),
    ];
    const ends = series.map(
      ({ name, points }) => `${name} ends at ${digits(points.at(-1)?.[1] ?? Number.NaN)}`,
    );
    return lineChart(series, {
      title,
      x: 'training step',
      y: '(cross-entropy, means over windows of steps)',
      words: `${title} over the steps of training; ${ends.join(', ')}.`,
    });
  };
  return html`<div class="charts">${chart('Which line?', (point) => point.type)}${chart('Cell or not?', (point) => point.foreground)}</div>`;
}

/** For every mixture: what it is made of, and what each method says. */
export function compositions({ data, types, cellmixer, baseline }: DemoResult, most: number): Html {
  const palette = typePalette(types.length);
  return html`<div class="charts">${data.mixtures.slice(0, most).map((picture, i) => {
    const shares = (run: DemoRun) => run.counts[i]!.composition;
    return compositionBars(
      picture.name,
      [
        { name: 'truth', shares: shares(cellmixer).truth },
        { name: 'CellMixer', shares: shares(cellmixer).found },
        { name: 'baseline', shares: shares(baseline).found },
      ],
      types,
      palette,
    );
  })}</div>`;
}
