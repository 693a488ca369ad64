'use client';

import * as Plot from '@observablehq/plot';
import { Chart } from '#ui/chart.tsx';
import { type CurvePoint, type CurveRun, curvesCsv, lossPoints, scorePoints } from './curve-points.ts';

export interface CurvesProps {
  readonly runs: readonly CurveRun[];
  readonly fileName: string;
}

/** Loss and score over the steps, the runs on the same axes, named at their ends. */
export function Curves({ runs, fileName }: CurvesProps) {
  const csv = () => curvesCsv(runs);
  const several = runs.length > 1;
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <Chart
          title="Mean IoU on new samples"
          fileName={`${fileName} score`}
          csv={csv}
          draw={(size) => lines(scorePoints(runs), size, { domain: [0, 1], dots: true })}
        />
        <Chart
          title="Loss, mean of 20 steps"
          fileName={`${fileName} loss`}
          csv={csv}
          draw={(size) => lines(lossPoints(runs), size, { dots: false })}
        />
      </div>
      {several && (
        <p className="mt-2 text-muted text-xs">
          Each run is looked at on samples of its own kind, and those of the baseline are single pictures,
          which are easier. The curves show whether each still learns; which is better is told by the number
          above, once both are judged on the same mixtures.
        </p>
      )}
    </>
  );
}

interface Size {
  readonly width: number;
  readonly fontSize: number;
}

function lines(
  points: readonly CurvePoint[],
  { width, fontSize }: Size,
  { domain, dots }: { readonly domain?: [number, number]; readonly dots: boolean },
) {
  const last = Math.max(1, ...points.map(({ step }) => step));
  const ends = [...Map.groupBy(points, ({ run }) => run).values()].flatMap((own) => own.slice(-1));
  const [baseline, ours] = [points.filter(isBaseline), points.filter((point) => !isBaseline(point))];
  const place = { x: 'step', y: 'value', z: 'run', stroke: 'currentColor' };
  return Plot.plot({
    width,
    height: Math.round(width * 0.55),
    marginRight: 9 * fontSize,
    marginLeft: 3.5 * fontSize,
    style: {
      fontSize: `${fontSize}px`,
      fontFamily: 'inherit',
      background: 'transparent',
      overflow: 'visible',
    },
    x: {
      label: 'steps',
      labelArrow: 'none',
      domain: [0, last],
      ticks: Math.min(4, last),
      tickFormat: ',d',
    },
    y: {
      label: null,
      grid: true,
      ticks: 5,
      ...(domain === undefined ? { zero: true, nice: true } : { domain }),
    },
    marks: [
      Plot.line(ours, { ...place, strokeWidth: 1.5 }),
      Plot.line(baseline, { ...place, strokeWidth: 1.5, strokeOpacity: 0.6, strokeDasharray: '4 3' }),
      ...(dots ? [Plot.dot(points, { x: 'step', y: 'value', fill: 'currentColor', r: 2.5 })] : []),
      ...apart(ends, domain?.[1] ?? Math.max(...points.map(({ value }) => value))).map(
        ({ point, lines: dy }) =>
          Plot.text([point], {
            x: 'step',
            y: 'value',
            text: ({ run, value }: CurvePoint) => `${run} ${value.toFixed(2)}`,
            textAnchor: 'start',
            dx: 6,
            dy: dy * fontSize,
            fill: 'currentColor',
          }),
      ),
    ],
  });
}

/** Names of two ends that are closer than a line is high go above and below each other. `lines` is how far down. */
function apart(ends: readonly CurvePoint[], span: number): { point: CurvePoint; lines: number }[] {
  const [upper, lower, ...more] = ends.toSorted((a, b) => b.value - a.value);
  const close = upper !== undefined && lower !== undefined && upper.value - lower.value < 0.07 * span;
  if (!close || more.length > 0) return ends.map((point) => ({ point, lines: 0 }));
  return [
    { point: upper, lines: -0.6 },
    { point: lower, lines: 0.6 },
  ];
}

const isBaseline = ({ run }: CurvePoint) => run === 'baseline';
