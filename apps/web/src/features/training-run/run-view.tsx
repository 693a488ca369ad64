'use client';

import Link from 'next/link';
import { useLive } from '#api/use-live.ts';
import { graphql } from '#graphql';
import type {
  RunLogQuery as LogData,
  RunPicturesQuery as PicturesData,
  RunQuery as RunData,
} from '#graphql/graphql.ts';
import { buttonStyle } from '#ui/button.tsx';
import { formatMoment, formatSeconds } from '#ui/format.ts';
import { KeyNumber } from '#ui/key-number.tsx';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { Progress } from '#ui/progress.tsx';
import { Badge, Status } from '#ui/status.tsx';
import { Term } from '#ui/term.tsx';
import { verdictWords } from '../model/check-words.ts';
import { paths } from '../paths.ts';
import { MethodsNote } from '../run/methods-note.tsx';
import { RunStatus } from '../run/run-status.tsx';
import { isUnderWay, withdrawnWords } from '../run/run-words.ts';
import { DeleteThing } from '../trash/delete-thing.tsx';
import { CurvesPanel } from './curves-panel.tsx';
import { RunActions } from './run-actions.tsx';
import { RunFailure } from './run-failure.tsx';
import { RunLog } from './run-log.tsx';
import { type RunKind, RunPictures } from './run-pictures.tsx';
import { RunQuery } from './run-query.ts';
import { scoreOf } from './run-score.ts';

const RunUpdated = graphql(`
  subscription RunUpdated($id: ID!) {
    trainingRunUpdated(trainingRun: $id) { id status step steps secondsLeft finishedAt }
  }
`);

export interface RunViewProps {
  readonly project: { readonly id: string; readonly name: string; readonly viewerCanEdit: boolean };
  readonly lab: string;
  readonly id: string;
  readonly initial: RunData;
  readonly pictures: PicturesData;
  readonly log: LogData;
}

type Run = Extract<NonNullable<RunData['node']>, { readonly __typename: 'TrainingRun' }>;

/** Told by subscription as it goes; the curves are read again every few seconds, also after a lost connection. */
export function RunView({ project, lab, id, initial, pictures, log }: RunViewProps) {
  const data = useLive(RunQuery, {
    variables: { id },
    initial,
    isRunning: runsStill,
    seconds: 4,
    toldBy: RunUpdated,
  });
  const run = runOf(data) ?? runOf(initial);
  if (run === null) return null;
  const underWay = isUnderWay(run.status);
  const score = scoreOf(run);
  return (
    <>
      <PageHeader
        path={[
          { label: lab, href: paths.home() },
          { label: project.name, href: paths.project(project.id) },
        ]}
        title={run.name}
        facts={
          <>
            <RunStatus status={run.status} />
            <Badge>{run.preset}</Badge>
            <Badge>{`seed ${run.seed}`}</Badge>
            {run.method === 'BASELINE' && <Badge>baseline</Badge>}
            {run.nullSplitOf !== null && <Badge>null split</Badge>}
            {run.withdrawn > 0 && <Badge>{withdrawnWords(run.withdrawn)}</Badge>}
          </>
        }
        says={`Asked for on ${formatMoment(run.createdAt)}${run.finishedAt === null ? '' : `, ended on ${formatMoment(run.finishedAt)}`}`}
        actions={
          <>
            {run.viewerCanDelete && (
              <DeleteThing id={id} noun="training" name={run.name} to={paths.project(project.id)} />
            )}
            {project.viewerCanEdit && <RunActions project={project.id} run={run} />}
            {run.modelVersion !== null && (
              <Link
                href={paths.model(project.id, run.modelVersion.model.id)}
                className={buttonStyle('primary')}
              >
                See the model
              </Link>
            )}
          </>
        }
      />
      {run.status === 'FAILED' && <RunFailure run={run} />}
      <div className="mb-8 grid gap-6 sm:grid-cols-3">
        <div>
          <KeyNumber
            label="Steps"
            value={run.step.toLocaleString('en-GB')}
            says={`of ${run.steps.toLocaleString('en-GB')}`}
          />
          {underWay && (
            <Progress
              className="mt-2"
              label="Training"
              done={run.step}
              total={run.status === 'QUEUED' ? 0 : run.steps}
              secondsLeft={run.secondsLeft}
              bare
            />
          )}
        </div>
        {underWay ? (
          <KeyNumber
            label="Time left"
            value={run.secondsLeft ? timeWords(run.secondsLeft) : '–'}
            says={waitingWords(run)}
          />
        ) : (
          <KeyNumber label="Took" value={tookWords(run)} />
        )}
        {run.nullSplitOf === null ? (
          <KeyNumber
            label={
              <>
                Mean <Term of="IoU" /> {score.on}
              </>
            }
            value={score.value?.toFixed(2) ?? '–'}
            says={score.baseline === null ? undefined : `baseline ${score.baseline.toFixed(2)} on the same`}
          />
        ) : (
          <KeyNumber
            label="Halves told apart"
            value={run.nullSplitAccuracy === null ? '–' : `${(100 * run.nullSplitAccuracy).toFixed(0)} %`}
            says="of the cells’ area; 50 % is chance, and as it should be"
          />
        )}
      </div>
      {run.modelVersion !== null && (
        <p className="-mt-2 mb-8 flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
          <Status tone={verdictWords[run.modelVersion.verdict.level].tone}>
            {`The model: ${verdictWords[run.modelVersion.verdict.level].says.toLowerCase()}`}
          </Status>
          <span className="text-muted">{run.modelVersion.verdict.sentence}</span>
        </p>
      )}
      {run.nullSplitOf !== null && (
        <p className="-mt-2 mb-8 max-w-2xl text-base">
          {'The '}
          <Term of="null split" />
          {' of '}
          <Link
            href={paths.model(project.id, run.nullSplitOf.model.id, run.nullSplitOf.id)}
            className="text-link underline underline-offset-3"
          >
            {`${run.nullSplitOf.model.name} v${run.nullSplitOf.number}`}
          </Link>
          {': two halves of one line, learned as if they were two types. The less it learns, the better.'}
        </p>
      )}
      <Section title="Curves">
        <CurvesPanel
          runs={[
            { name: curveNames[kindOf(run)], metrics: run.metrics },
            ...(run.baseline === null ? [] : [{ name: 'baseline', metrics: run.baseline.metrics }]),
          ]}
          fileName={run.name}
          ended={!underWay}
        />
      </Section>
      <BaselineNote project={project.id} run={run} />
      <RunPictures id={id} initial={pictures} of={kindOf(run)} />
      <RunLog id={id} initial={log} />
      {run.modelVersion !== null && <MethodsNote text={run.methodsText} />}
    </>
  );
}

/** The training on pure pictures alone, which shows what the mixtures are worth; or the one that it was made for. */
function BaselineNote({ project, run }: { readonly project: string; readonly run: Run }) {
  const other = run.baseline;
  if (other === null) {
    if (run.baselineOf === null) return null;
    return (
      <Section title="What it is the baseline of">
        <Link href={paths.run(project, run.baselineOf.id)} className="text-base text-link hover:underline">
          {run.baselineOf.name}
        </Link>
      </Section>
    );
  }
  return (
    <Section
      title={
        <>
          The <Term of="baseline" /> beside it
        </>
      }
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-base">
        <RunStatus status={other.status} />
        <Link href={paths.run(project, other.id)} className="text-link hover:underline">
          {other.name}
        </Link>
        <span className="text-muted">
          {`step ${other.step.toLocaleString('en-GB')} of ${other.steps.toLocaleString('en-GB')}`}
        </span>
      </p>
    </Section>
  );
}

const curveNames: Readonly<Record<RunKind, string>> = {
  mixtures: 'with mixtures',
  baseline: 'baseline',
  'null split': 'the halves',
};

function kindOf({ method, nullSplitOf }: Run): RunKind {
  if (nullSplitOf !== null) return 'null split';
  return method === 'BASELINE' ? 'baseline' : 'mixtures';
}

/** From the first worker's taking it to its end, breaks included. */
function tookWords({ startedAt, finishedAt }: Run): string {
  if (startedAt === null || finishedAt === null) return '–';
  return timeWords((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000);
}

const timeWords = (seconds: number) => `${formatSeconds(seconds)} ${seconds < 3600 ? 'min' : 'h'}`;

function waitingWords({ status, queuePlace, step, steps }: Run): string | undefined {
  if (status === 'RUNNING' && step >= steps) return 'All steps are done; the model is being checked';
  if (status !== 'QUEUED') return undefined;
  if (queuePlace === null || queuePlace === 1) return 'The next to begin, once a worker is free';
  return `Place ${queuePlace} in the queue`;
}

function runOf(data: RunData): Run | null {
  return data.node?.__typename === 'TrainingRun' ? data.node : null;
}

function runsStill(data: RunData): boolean {
  const run = runOf(data);
  if (run === null) return false;
  return isUnderWay(run.status) || (run.baseline !== null && isUnderWay(run.baseline.status));
}
