'use client';

import * as Plot from '@observablehq/plot';
import { Chart } from '#ui/chart.tsx';
import type { FigureSize } from '#ui/save-figure.tsx';
import { type ChartClasses, dot, facets, look, share, squareHeight } from './chart-frame.ts';
import type { CompositionPoint } from './composition-points.ts';
import { drawSeries } from './draw-series.ts';
import type { Series } from './series-points.ts';

export interface CompositionChartsProps {
  readonly points: readonly CompositionPoint[];
  readonly classes: ChartClasses;
  readonly series: readonly Series[];
  readonly csv: string;
  readonly fileName: string;
}

/** Each class beside the next, so that a name at its head does without a legend. */
export function CompositionCharts({ points, classes, series, csv, fileName }: CompositionChartsProps) {
  const seeded = points.some((point) => point.seeded !== null);
  return (
    <div className="grid gap-4">
      <Chart
        title="Share of cells"
        fileName={`${fileName} composition`}
        csv={() => csv}
        draw={(size) => shares(points, classes, size)}
      />
      {seeded && (
        <Chart
          title="Measured against seeded"
          fileName={`${fileName} seeded`}
          csv={() => csv}
          draw={(size) => againstSeeded(points, classes, size)}
        />
      )}
      {series.map((one) => {
        const title =
          one.over === 'time' ? 'Over time' : `Over dose${one.unit === '' ? '' : ` in ${one.unit}`}`;
        return (
          <Chart
            key={title}
            title={title}
            fileName={`${fileName} ${title.toLowerCase()}`}
            csv={() => csv}
            draw={(size) => drawSeries(one, classes, size)}
          />
        );
      })}
    </div>
  );
}

function shares(points: readonly CompositionPoint[], classes: ChartClasses, size: FigureSize) {
  const { stacked, channel, scales } = facets(classes, size);
  const samples = [...new Set(points.map(({ sample }) => sample))];
  const longest = Math.min(24, Math.max(...samples.map((name) => name.length)));
  const row = 1.7 * size.fontSize;
  const seeded = points.filter((point) => point.seeded !== null);
  return Plot.plot({
    ...look(size, classes),
    ...scales,
    height: Math.round((stacked ? classes.length : 1) * (samples.length * row + row) + 4 * size.fontSize),
    marginLeft: Math.round(0.58 * size.fontSize * longest + 14),
    marginRight: stacked ? 6.5 * size.fontSize : 12,
    marginBottom: 2.5 * size.fontSize,
    x: { domain: [0, 1], ticks: [0, 0.5, 1], tickFormat: share, label: null, grid: true },
    y: {
      domain: samples,
      label: null,
      tickSize: 0,
      tickFormat: (name: string) => (name.length > 24 ? `${name.slice(0, 23)}…` : name),
    },
    marks: [
      Plot.ruleY(points, { ...channel, y: 'sample', x1: 'low', x2: 'high', stroke: 'currentColor' }),
      Plot.tickX(seeded, {
        ...channel,
        y: 'sample',
        x: 'seeded',
        stroke: 'currentColor',
        strokeOpacity: 0.55,
        strokeWidth: 1.5,
        strokeDasharray: '2 2',
      }),
      Plot.dot(points, { ...channel, ...dot, y: 'sample', x: 'fraction' }),
    ],
  });
}

function againstSeeded(all: readonly CompositionPoint[], classes: ChartClasses, size: FigureSize) {
  const points = all.filter((point) => point.seeded !== null);
  const { stacked, channel, scales } = facets(classes, size);
  return Plot.plot({
    ...look(size, classes),
    ...scales,
    height: squareHeight(classes, size, stacked),
    marginLeft: 4 * size.fontSize,
    marginRight: stacked ? 6.5 * size.fontSize : 12,
    marginBottom: 3.5 * size.fontSize,
    x: {
      domain: [0, 1],
      ticks: [0, 0.5, 1],
      tickFormat: share,
      label: 'seeded',
      labelArrow: 'none',
      grid: true,
    },
    y: {
      domain: [0, 1],
      ticks: [0, 0.5, 1],
      tickFormat: share,
      label: 'measured',
      labelArrow: 'none',
      grid: true,
    },
    marks: [
      Plot.line(
        [
          [0, 0],
          [1, 1],
        ],
        { stroke: 'currentColor', strokeOpacity: 0.5, strokeDasharray: '4 3' },
      ),
      Plot.ruleX(points, { ...channel, x: 'seeded', y1: 'low', y2: 'high', stroke: 'currentColor' }),
      Plot.dot(points, { ...channel, ...dot, x: 'seeded', y: 'fraction' }),
    ],
  });
}
