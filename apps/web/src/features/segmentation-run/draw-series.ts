import * as Plot from '@observablehq/plot';
import type { FigureSize } from '#ui/save-figure.tsx';
import { type ChartClasses, dot, facets, look, share, squareHeight } from './chart-frame.ts';
import { meansOf, type Series } from './series-points.ts';

/** Composition over dose or time: every sample a point with its interval, a line through the means of each treatment. */
export function drawSeries({ over, unit, points }: Series, classes: ChartClasses, size: FigureSize) {
  const { stacked, channel, scales } = facets(classes, size);
  const means = meansOf(points);
  const treatments = new Set(points.map(({ treatment }) => treatment));
  const ends = [
    ...Map.groupBy(means, ({ className, treatment }) => `${className} ${treatment}`).values(),
  ].flatMap((own) => own.slice(-1));
  const places = [...new Set(points.map(({ at }) => at))].toSorted((a, b) => a - b);
  return Plot.plot({
    ...look(size, classes),
    ...scales,
    height: squareHeight(classes, size, stacked),
    marginLeft: 4 * size.fontSize,
    marginRight: (stacked ? 6.5 : 1) * size.fontSize + (treatments.size > 1 ? 5 * size.fontSize : 0),
    marginBottom: 3.5 * size.fontSize,
    // Points at the first and the last place stay whole.
    insetLeft: 8,
    insetRight: 8,
    x: {
      ...(over === 'dose' && isWide(places)
        ? { type: 'symlog', constant: (places.find((at) => at > 0) ?? 1) / 2, ticks: places }
        : { ticks: places.length <= 5 ? places : 5, nice: true }),
      tickFormat: (at: number) => String(at),
      label: over === 'time' ? 'hours' : unit === '' ? 'dose' : `dose, ${unit}`,
      labelArrow: 'none',
      grid: true,
    },
    y: { domain: [0, 1], ticks: [0, 0.5, 1], tickFormat: share, label: null, grid: true },
    marks: [
      Plot.line(means, {
        ...channel,
        x: 'at',
        y: 'mean',
        z: 'treatment',
        stroke: 'currentColor',
        strokeWidth: 1.25,
      }),
      Plot.ruleX(points, { ...channel, x: 'at', y1: 'low', y2: 'high', stroke: 'currentColor' }),
      Plot.dot(points, { ...channel, ...dot, x: 'at', y: 'fraction' }),
      ...(treatments.size > 1
        ? [
            Plot.text(ends, {
              ...channel,
              x: 'at',
              y: 'mean',
              text: 'treatment',
              textAnchor: 'start',
              dx: 7,
              fill: 'currentColor',
            }),
          ]
        : []),
    ],
  });
}

/** Doses that go up by factors rather than by steps. */
function isWide(doses: readonly number[]): boolean {
  const above = doses.filter((dose) => dose > 0);
  return above.length > 1 && (above.at(-1) ?? 1) / (above[0] ?? 1) >= 20;
}
