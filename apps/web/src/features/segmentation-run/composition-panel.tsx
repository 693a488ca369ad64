'use client';

import dynamic from 'next/dynamic';
import { useMemo } from 'react';
import { Section } from '#ui/page-header.tsx';
import { Term } from '#ui/term.tsx';
import { compositionPoints, type SampleComposition, seededError } from './composition-points.ts';
import { seriesOf } from './series-points.ts';

/** The charts come after the page: the numbers are in the table too. */
const CompositionCharts = dynamic(
  () => import('./composition-charts.tsx').then((module) => module.CompositionCharts),
  { ssr: false, loading: () => <div className="hairline h-72 rounded-ui bg-surface" aria-busy="true" /> },
);

export interface CompositionPanelProps {
  readonly samples: readonly SampleComposition[];
  readonly classes: readonly { readonly name: string; readonly colour: string }[];
  readonly csv: string;
  readonly fileName: string;
}

/** Composition of every sample with its interval, and against what was seeded. */
export function CompositionPanel({ samples, classes, csv, fileName }: CompositionPanelProps) {
  const points = useMemo(() => compositionPoints(samples), [samples]);
  const series = useMemo(() => seriesOf(samples), [samples]);
  const error = seededError(points);
  if (points.length === 0) return null;
  return (
    <Section
      title={
        <>
          <Term of="composition">Composition</Term> by sample
        </>
      }
    >
      {error !== null && (
        <p className="mb-2 text-base">
          {`Measured and seeded shares differ by ${(100 * error).toFixed(1)} percentage points on average. `}
          <span className="text-muted">
            What grows in a well may differ from the <Term of="seeded fraction" />.
          </span>
        </p>
      )}
      <CompositionCharts points={points} classes={classes} series={series} csv={csv} fileName={fileName} />
      <p className="mt-2 text-muted text-xs">
        {`Points are samples, bars their 95 % intervals of counting cells${error === null ? '' : '; dotted lines what was seeded'}.`}
      </p>
    </Section>
  );
}
