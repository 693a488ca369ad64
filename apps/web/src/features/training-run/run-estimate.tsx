'use client';

import { useAsk } from '#api/use-ask.ts';
import { graphql } from '#graphql';
import type { EstimateTrainingRunInput } from '#graphql/graphql.ts';
import { formatCount } from '#ui/format.ts';
import { Skeleton } from '#ui/skeleton.tsx';
import { Status } from '#ui/status.tsx';
import { timeRange } from '../run/time-range.ts';
import { useSettled } from './use-settled.ts';
import { groupWarnings, warningNames } from './warning-words.ts';

const EstimateTrainingQuery = graphql(`
  query EstimateTraining($input: EstimateTrainingRunInput!) {
    estimateTrainingRun(input: $input) {
      secondsLow
      secondsHigh
      measuredOn
      runsAhead
      workers
      gpuPresent
      classes { name pictures replicates cells }
      warnings { code blocking message cure }
    }
  }
`);

/** What the training would take, what there is to learn from, and what speaks against it: said before it is started. */
export function RunEstimate({ order }: { readonly order: EstimateTrainingRunInput }) {
  const { latest, loading, error } = useAsk(EstimateTrainingQuery, { input: useSettled(order) });
  if (error !== undefined) {
    return (
      <p role="alert" className="text-bad text-sm">
        {`What it would take cannot be told: ${error.message}`}
      </p>
    );
  }
  const found = latest?.estimateTrainingRun;
  if (found === undefined) return <Skeleton className="h-40 w-full" />;
  return (
    <div className="hairline rounded-ui bg-surface text-sm" aria-busy={loading} aria-live="polite">
      <div className="px-4 py-3">
        <p className="text-muted text-xs">Will take</p>
        <p className="font-semibold text-lg">{timeRange(found.secondsLow, found.secondsHigh)}</p>
        <p className="text-muted text-xs">
          {found.measuredOn === 0
            ? 'A guess: nothing has been trained on this server yet.'
            : `From ${formatCount(found.measuredOn, 'training')} on this server.`}
          {found.gpuPresent === true && ' On a GPU.'}
          {found.runsAhead > 0 && ` ${formatCount(found.runsAhead, 'other training')} come first.`}
        </p>
      </div>
      <table className="w-full border-line border-t">
        <caption className="sr-only">What there is to learn from</caption>
        <thead>
          <tr className="text-muted text-xs [&>th]:pt-2 [&>th]:pl-4 [&>th]:text-right [&>th]:font-normal [&>th]:last:pr-4">
            <th scope="col" className="w-full !text-left">
              Class
            </th>
            <th scope="col">Pictures</th>
            <th scope="col">Replicates</th>
            <th scope="col">Cells</th>
          </tr>
        </thead>
        <tbody>
          {found.classes.map(({ name, pictures, replicates, cells }) => (
            <tr
              key={name}
              className="[&>td]:pl-4 [&>td]:text-right [&>td]:last:pr-4 [&>*]:py-0.5 last:[&>*]:pb-2"
            >
              <th scope="row" className="pl-4 text-left font-normal [overflow-wrap:anywhere]">
                {name}
              </th>
              <td>{pictures.toLocaleString('en-GB')}</td>
              <td>{replicates.toLocaleString('en-GB')}</td>
              <td>{cells === null ? '–' : `≈\u00a0${cells.toLocaleString('en-GB')}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {found.warnings.length > 0 && (
        <ul className="divide-y divide-line border-line border-t">
          {groupWarnings(found.warnings).map(({ code, blocking, messages, cures }) => (
            <li key={code} className="px-4 py-2" data-warning={code}>
              <Status tone={blocking ? 'bad' : 'care'}>{warningNames[code]}</Status>
              {messages.map((words) => (
                <p key={words} className="mt-0.5">
                  {words}
                </p>
              ))}
              {cures.map((words) => (
                <p key={words} className="mt-0.5 text-muted">
                  {words}
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
