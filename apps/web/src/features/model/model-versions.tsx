'use client';

import Link from 'next/link';
import { type FormEvent, useMemo, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { ModelStage, ModelVersions_ModelVersionFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { formatMoment } from '#ui/format.ts';
import { Textarea } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Status } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../paths.ts';
import { verdictWords } from './check-words.ts';
import { stageNames } from './stage-names.ts';

const ModelVersions_modelVersion = graphql(`
  fragment ModelVersions_modelVersion on ModelVersion { id number stage createdAt verdict { level } }
`);

const SetModelStageMutation = graphql(`
  mutation SetModelStage($input: SetModelStageInput!) {
    setModelStage(input: $input) {
      ... on SetModelStagePayload { modelVersion { id stage } replaced { id stage } }
      ... on UserError { code message cure subject }
    }
  }
`);

type Version = ModelVersions_ModelVersionFragment;

const steps = [
  { stage: 'ACCEPTED', verb: 'Accept' },
  { stage: 'CANDIDATE', verb: 'Make a candidate' },
  { stage: 'ARCHIVED', verb: 'Archive' },
] as const satisfies readonly { stage: ModelStage; verb: string }[];

export interface ModelVersionsProps {
  readonly project: string;
  readonly model: string;
  /** The version that the page shows. */
  readonly shown: string;
  readonly versions: readonly FragmentType<typeof ModelVersions_modelVersion>[];
  readonly mayDecide: boolean;
}

/** All versions, each with where it stands and what may be decided of it. */
export function ModelVersions({ project, model, shown, versions, mayDecide }: ModelVersionsProps) {
  const [asked, setAsked] = useState<{ version: Version; stage: ModelStage; verb: string } | null>(null);
  const columns = useMemo<readonly TableColumn<Version>[]>(
    () => [
      {
        id: 'number',
        header: 'Version',
        sortBy: (row) => row.number,
        cell: (row) =>
          row.id === shown ? (
            <span aria-current="true" className="font-semibold">{`v${row.number}`}</span>
          ) : (
            <Link href={paths.model(project, model, row.id)} className="text-link hover:underline">
              {`v${row.number}`}
            </Link>
          ),
      },
      {
        id: 'verdict',
        header: 'Verdict',
        sortBy: (row) => row.verdict.level,
        cell: (row) => {
          const { tone, says } = verdictWords[row.verdict.level];
          return <Status tone={tone}>{says}</Status>;
        },
      },
      { id: 'stage', header: 'Stage', sortBy: (row) => row.stage, cell: (row) => stageNames[row.stage] },
      {
        id: 'createdAt',
        header: 'Made',
        grows: true,
        from: 'sm',
        sortBy: (row) => row.createdAt,
        cell: (row) => formatMoment(row.createdAt),
      },
      {
        id: 'decide',
        header: 'Decide',
        align: 'end',
        cell: (row) =>
          mayDecide ? (
            <span className="inline-flex gap-3">
              {steps
                .filter(({ stage }) => stage !== row.stage)
                .map((step) => (
                  <button
                    key={step.stage}
                    type="button"
                    className="text-link underline-offset-3 hover:underline"
                    onClick={() => setAsked({ version: row, ...step })}
                  >
                    {step.verb}
                  </button>
                ))}
            </span>
          ) : (
            '–'
          ),
      },
    ],
    [project, model, shown, mayDecide],
  );
  return (
    <>
      <Table
        label="Versions"
        rows={readFragment(ModelVersions_modelVersion, versions)}
        columns={columns}
        rowKey={(row) => row.id}
        initialSort={{ id: 'number', descending: true }}
      />
      <Dialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={asked === null ? '' : `${asked.verb}: version ${asked.version.number}`}
        says="The reason is kept with the version and in the activity log."
      >
        {asked !== null && <StageForm asked={asked} onEnd={() => setAsked(null)} />}
      </Dialog>
    </>
  );
}

interface StageFormProps {
  readonly asked: { readonly version: Version; readonly stage: ModelStage; readonly verb: string };
  readonly onEnd: () => void;
}

function StageForm({ asked, onEnd }: StageFormProps) {
  const { mutate, busy, problem } = useMutate(SetModelStageMutation);
  const toast = useToast();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason');
    const payload = await mutate({ input: { modelVersion: asked.version.id, stage: asked.stage, reason } });
    if (payload === null) return;
    toast({ says: `Version ${asked.version.number} is ${stageNames[asked.stage]}` });
    onEnd();
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-3">
      <Field label="Why" required>
        <Textarea name="reason" required maxLength={1000} />
      </Field>
      <ProblemNote problem={problem} />
      <DialogButtons>
        <Button onClick={onEnd}>Back</Button>
        <Button type="submit" kind="primary" busy={busy}>
          {asked.verb}
        </Button>
      </DialogButtons>
    </form>
  );
}
