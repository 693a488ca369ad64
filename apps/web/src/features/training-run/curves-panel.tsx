'use client';

import dynamic from 'next/dynamic';
import type { CurveRun } from './curve-points.ts';

/** The charts come after the page: most who open it look at the numbers first. */
const Curves = dynamic(() => import('./curves.tsx').then((module) => module.Curves), {
  ssr: false,
  loading: () => <div className="hairline h-72 rounded-ui bg-surface" aria-busy="true" />,
});

export interface CurvesPanelProps {
  readonly runs: readonly CurveRun[];
  /** What an exported chart's file is called. */
  readonly fileName: string;
  /** Nothing more will come. */
  readonly ended: boolean;
}

export function CurvesPanel({ ended, ...props }: CurvesPanelProps) {
  if (props.runs.every(({ metrics }) => metrics.length === 0)) {
    return (
      <p className="text-base text-muted">
        {ended ? 'None: it ended before the first step.' : 'The curves begin with the first step.'}
      </p>
    );
  }
  return <Curves {...props} />;
}
