'use client';

import { type FormEvent, useState } from 'react';
import { otherProblem } from '#api/field-error.ts';
import { useLive } from '#api/use-live.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { EvaluationsQuery as Data } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { formatCount, formatMoment } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Progress } from '#ui/progress.tsx';
import { scoreNames } from '../comparison/score-names.ts';
import { SnapshotField } from '../dataset/snapshot-field.tsx';
import { isUnderWay } from '../run/run-words.ts';
import { EvaluationsQuery } from './evaluations-query.ts';

const EvaluateModelMutation = graphql(`
  mutation EvaluateModel($input: EvaluateModelInput!) {
    evaluateModel(input: $input) {
      ... on EvaluateModelPayload { evaluation { id status } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface ModelEvaluationsProps {
  readonly project: string;
  readonly version: string;
  readonly initial: Data;
  /** Those with annotated images. */
  readonly snapshots: readonly { readonly id: string; readonly label: string }[];
  readonly mayJudge: boolean;
}

/** How the model does on pictures whose truth somebody has drawn: the last measurement, and a further one. */
export function ModelEvaluations({ project, version, initial, snapshots, mayJudge }: ModelEvaluationsProps) {
  return (
    <div className="flex flex-col gap-4">
      <Figures version={version} initial={initial} snapshots={snapshots} />
      {mayJudge && snapshots.length > 0 && (
        <JudgeForm project={project} version={version} snapshots={snapshots} />
      )}
    </div>
  );
}

type FiguresProps = Pick<ModelEvaluationsProps, 'version' | 'initial' | 'snapshots'>;

function Figures({ version, initial, snapshots }: FiguresProps) {
  const data = useLive(EvaluationsQuery, { variables: { id: version }, initial, isRunning: isMeasuring });
  const newest = evaluationOf(data);
  if (newest === undefined) {
    return (
      <p className="max-w-2xl text-base text-muted">
        {snapshots.length === 0
          ? 'Not judged yet. Add ground truth to images of mixtures (on their pages), take a snapshot of the dataset, and judge the model on it here.'
          : 'Not judged yet.'}
      </p>
    );
  }
  const on = snapshots.find(({ id }) => id === newest.datasetVersion?.id)?.label ?? 'a snapshot that is gone';
  if (isUnderWay(newest.status)) {
    return (
      <div className="max-w-md">
        <Progress label="Judging" done={0} total={0} />
        <p className="mt-2 text-base text-muted">{`Measured on ${on}.`}</p>
      </div>
    );
  }
  if (newest.results === null) {
    return (
      <ProblemNote
        problem={{ message: newest.errorMessage ?? 'It was not measured.', cure: newest.errorCure }}
      />
    );
  }
  const { model, baseline } = newest.results;
  return (
    <div className="max-w-2xl">
      <div className="hairline overflow-x-auto rounded-ui bg-surface">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">Figures on annotated images</caption>
          <thead>
            <tr className="border-line border-b text-left text-muted text-xs [&>th]:px-3 [&>th]:py-1.5 [&>th]:font-normal">
              <th scope="col">{`On ${on}`}</th>
              <th scope="col" className="text-right">
                this model
              </th>
              {baseline !== null && (
                <th scope="col" className="text-right">
                  its baseline
                </th>
              )}
            </tr>
          </thead>
          <tbody className="[&>tr>*]:h-8 [&>tr>*]:px-3 [&>tr>*]:py-1 [&>tr]:not-last:border-b [&>tr]:border-line">
            {model.scores.map((score) => (
              <tr key={score.name}>
                <th scope="row" className="text-left font-normal">
                  {scoreNames[score.name]}
                </th>
                <ScoreCell score={score} />
                {baseline !== null && (
                  <ScoreCell score={baseline.scores.find(({ name }) => name === score.name)} />
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-2 text-muted text-xs">
        {`${formatCount(model.images, 'annotated image')} of ${formatCount(model.samples, 'sample')}`}
        {newest.finishedAt !== null && `, judged on ${formatMoment(newest.finishedAt)}`}
        {'. 95 % intervals draw whole samples again and again; there are none with fewer than two.'}
      </p>
    </div>
  );
}

interface ScoreLike {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

function ScoreCell({ score }: { readonly score: ScoreLike | undefined }) {
  return (
    <td className="text-right">
      {score?.value?.toFixed(2) ?? '–'}
      {score?.low != null && score.high != null && (
        <span className="ml-1.5 whitespace-nowrap text-muted text-xs max-sm:block">{`${score.low.toFixed(2)}–${score.high.toFixed(2)}`}</span>
      )}
    </td>
  );
}

type JudgeFormProps = Pick<ModelEvaluationsProps, 'project' | 'version' | 'snapshots'>;

function JudgeForm({ project, version, snapshots }: JudgeFormProps) {
  const [snapshot, setSnapshot] = useState(snapshots[0]?.id ?? '');
  const { mutate, busy, problem } = useMutate(EvaluateModelMutation, { once: true });
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    await mutate({ input: { project, modelVersion: version, version: snapshot } });
  };
  return (
    <form onSubmit={send} className="flex max-w-2xl flex-wrap items-end gap-3">
      <div className="min-w-60 flex-1">
        <SnapshotField
          label="Annotated images of"
          snapshots={snapshots}
          version={snapshot}
          onChoose={setSnapshot}
          problem={problem}
        />
      </div>
      <Button type="submit" busy={busy}>
        Judge on these images
      </Button>
      <ProblemNote problem={otherProblem(problem, ['version'])} />
    </form>
  );
}

function evaluationOf(data: Data) {
  return data.node?.__typename === 'ModelVersion' ? data.node.evaluations.edges[0]?.node : undefined;
}

function isMeasuring(data: Data): boolean {
  const newest = evaluationOf(data);
  return newest !== undefined && isUnderWay(newest.status);
}
