'use client';

import { CopyPlus, Play, Square } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { RunStatus } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../paths.ts';
import { isUnderWay } from '../run/run-words.ts';

const CancelMutation = graphql(`
  mutation CancelTrainingRun($input: CancelTrainingRunInput!) {
    cancelTrainingRun(input: $input) {
      ... on CancelTrainingRunPayload { trainingRun { id status } }
      ... on UserError { code message cure subject }
    }
  }
`);
const ResumeMutation = graphql(`
  mutation ResumeTrainingRun($input: ResumeTrainingRunInput!) {
    resumeTrainingRun(input: $input) {
      ... on ResumeTrainingRunPayload { trainingRun { id status } }
      ... on UserError { code message cure subject }
    }
  }
`);
const CloneMutation = graphql(`
  mutation CloneTrainingRun($input: CloneTrainingRunInput!) {
    cloneTrainingRun(input: $input) {
      ... on CloneTrainingRunPayload { trainingRun { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface RunActionsProps {
  readonly project: string;
  readonly run: {
    readonly id: string;
    readonly name: string;
    readonly seed: number;
    readonly step: number;
    readonly status: RunStatus;
    readonly baseline: { readonly status: RunStatus } | null;
    /** A null split makes no model of which another version could be wanted. */
    readonly nullSplitOf: object | null;
  };
}

/** Cancel, resume, clone: what fits where the training stands. */
export function RunActions({ project, run }: RunActionsProps) {
  const canCancel = run.status === 'QUEUED' || run.status === 'RUNNING';
  const canResume = run.status === 'FAILED' || run.status === 'CANCELLED';
  return (
    <>
      {canCancel && <CancelButton run={run} />}
      {canResume && <ResumeButton run={run} />}
      {run.nullSplitOf === null && <CloneButton project={project} run={run} />}
    </>
  );
}

function CancelButton({ run }: Pick<RunActionsProps, 'run'>) {
  const [open, setOpen] = useState(false);
  const { mutate, busy, problem } = useMutate(CancelMutation);
  const toast = useToast();
  const both = run.baseline !== null && isUnderWay(run.baseline.status);
  const cancel = async () => {
    const payload = await mutate({ input: { trainingRun: run.id } });
    if (payload === null) return;
    toast({ says: both ? 'The training and its baseline stop' : 'The training stops' });
    setOpen(false);
  };
  return (
    <>
      <Button icon={<Square aria-hidden="true" />} onClick={() => setOpen(true)}>
        Cancel
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={both ? 'Cancel this training and its baseline?' : 'Cancel this training?'}
        says={
          both
            ? 'Both stop within seconds, so that the next training can begin. What they have learned up to their last checkpoints stays: resuming takes both up again from there.'
            : 'It stops within seconds. What it has learned up to its last checkpoint stays, and it can be resumed from there.'
        }
      >
        <ProblemNote problem={problem} />
        <DialogButtons>
          <Button onClick={() => setOpen(false)}>Let it run</Button>
          <Button kind="danger" busy={busy} onClick={cancel}>
            {both ? 'Cancel both' : 'Cancel the training'}
          </Button>
        </DialogButtons>
      </Dialog>
    </>
  );
}

function ResumeButton({ run }: Pick<RunActionsProps, 'run'>) {
  const { mutate, busy, problem } = useMutate(ResumeMutation);
  const toast = useToast();
  const resume = async () => {
    const payload = await mutate({ input: { trainingRun: run.id } });
    if (payload === null) return;
    const both = run.baseline?.status === 'FAILED' || run.baseline?.status === 'CANCELLED';
    toast({
      says: both
        ? 'The training and its baseline go on from their last checkpoints'
        : 'The training goes on from its last checkpoint',
    });
  };
  return (
    <>
      <ProblemNote problem={problem} />
      <Button icon={<Play aria-hidden="true" />} busy={busy} onClick={resume}>
        Resume
      </Button>
    </>
  );
}

function CloneButton({ project, run }: RunActionsProps) {
  const [open, setOpen] = useState(false);
  const { mutate, busy, problem } = useMutate(CloneMutation, { once: true, refresh: false });
  const router = useRouter();
  const clone = async (form: FormData) => {
    const seed = Number(textOf(form, 'seed'));
    const payload = await mutate({ input: { trainingRun: run.id, name: textOf(form, 'name'), seed } });
    if (payload !== null) router.push(paths.run(project, payload.trainingRun.id));
  };
  return (
    <>
      <Button icon={<CopyPlus aria-hidden="true" />} onClick={() => setOpen(true)}>
        Clone
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Clone this training"
        says="The same pictures and settings with another seed show how much of a result is chance."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void clone(new FormData(event.currentTarget));
          }}
          className="flex flex-col gap-3"
        >
          <Field label="Name" required hint="The same name makes a further version of the same model.">
            <Input name="name" defaultValue={run.name} required maxLength={100} />
          </Field>
          <Field label="Seed" required>
            <Input name="seed" type="number" min={0} max={2147483647} defaultValue={run.seed + 1} required />
          </Field>
          <ProblemNote problem={problem} />
          <DialogButtons>
            <Button onClick={() => setOpen(false)}>Back</Button>
            <Button type="submit" kind="primary" busy={busy}>
              Start the clone
            </Button>
          </DialogButtons>
        </form>
      </Dialog>
    </>
  );
}
