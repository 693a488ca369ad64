'use client';

import { useAsk } from '#api/use-ask.ts';
import { graphql } from '#graphql';
import { formatCount } from '#ui/format.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { Status } from '#ui/status.tsx';
import { timeRange } from '../run/time-range.ts';

const EstimateQuery = graphql(`
  query Estimate(
    $project: ID!
    $modelVersion: ID!
    $version: ID!
    $threshold: Float
    $mixturesOnly: Boolean
  ) {
    estimateSegmentationRun(
      project: $project
      modelVersion: $modelVersion
      version: $version
      threshold: $threshold
      mixturesOnly: $mixturesOnly
    ) {
      images
      known
      waiting
      secondsLow
      secondsHigh
      workerPresent
      inferencePresent
      warnings { code message images }
    }
  }
`);

export interface EstimateProps {
  readonly order: {
    readonly project: string;
    readonly modelVersion: string;
    readonly version: string;
    readonly threshold: number;
    readonly mixturesOnly: boolean;
  };
}

/** What the run would take and what speaks against it, said before it is started. */
export function Estimate({ order }: EstimateProps) {
  const { latest, loading, error } = useAsk(EstimateQuery, order);
  if (error !== undefined) {
    return (
      <p role="alert" className="text-bad text-sm">
        {`What it would take cannot be told: ${error.message}`}
      </p>
    );
  }
  const found = latest?.estimateSegmentationRun;
  if (found === undefined) return <Skeleton className="h-28 w-full" />;
  return (
    <div className="hairline rounded-ui bg-surface px-4 py-3" aria-busy={loading} aria-live="polite">
      <p className="text-muted text-xs">Will take</p>
      <p className="font-semibold text-lg">
        {timeRange(found.secondsLow ?? null, found.secondsHigh ?? null)}
      </p>
      <p className="text-muted text-sm">
        {formatCount(found.images, 'image')}
        {found.known > 0 &&
          `, ${found.known.toLocaleString('en-GB')} of them done before by this model with these settings`}
        {found.waiting > 0 && ` · ${formatCount(found.waiting, 'image')} of other runs come first`}
      </p>
      {(!found.workerPresent || found.inferencePresent === false) && (
        <div className="mt-3 text-sm">
          <Status tone="care">
            {found.workerPresent ? 'The model server does not answer' : 'No worker is running'}
          </Status>
          <p className="mt-0.5 text-muted">
            {found.workerPresent
              ? 'The run waits until inference is started; whoever runs the server can do that.'
              : 'The run waits until a worker is started; whoever runs the server can do that.'}
          </p>
        </div>
      )}
      {found.warnings.length > 0 && (
        <div className="mt-3 border-line border-t pt-2 text-sm">
          <Status tone="care">Unlike what the model was trained on</Status>
          <ul className="mt-1 flex flex-col gap-1 text-muted">
            {found.warnings.map(({ code, message, images }) => (
              <li key={code}>{`${message} (${formatCount(images, 'image')})`}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
