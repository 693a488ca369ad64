'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '#api/use-live.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { NullSplitQuery as Data } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Progress } from '#ui/progress.tsx';
import { Select } from '#ui/select.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../paths.ts';
import { RunStatus } from '../run/run-status.tsx';
import { isUnderWay } from '../run/run-words.ts';
import { NullSplitQuery } from './null-split-query.ts';

const StartMutation = graphql(`
  mutation StartNullSplit($input: StartNullSplitInput!) {
    startNullSplit(input: $input) {
      ... on StartNullSplitPayload { trainingRun { id status } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface NullSplitProps {
  readonly project: string;
  readonly version: string;
  readonly initial: Data;
  readonly mayRun: boolean;
}

/** What stands below the check of the same name: it is the only one that somebody must ask for. */
export function NullSplit({ project, version, initial, mayRun }: NullSplitProps) {
  const data = useLive(NullSplitQuery, {
    variables: { id: version },
    initial,
    isRunning: (seen) => statusOf(seen) !== null && isUnderWay(statusOf(seen) ?? 'SUCCEEDED'),
    seconds: 4,
  });
  useRefreshAtEnd(statusOf(data));
  if (data.node?.__typename !== 'ModelVersion') return null;
  const { nullSplit: run, nullSplitLines } = data.node;
  const lines = nullSplitLines.flatMap(({ cellLine, possible, ...line }) =>
    possible && cellLine !== null ? [{ ...line, id: cellLine.id }] : [],
  );
  const underWay = run !== null && isUnderWay(run.status);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2">
      {run !== null && (
        <>
          {run.status !== 'SUCCEEDED' && <RunStatus status={run.status} />}
          {run.status === 'RUNNING' && (
            <Progress
              className="w-40"
              label="Null split"
              done={run.step}
              total={run.steps}
              secondsLeft={run.secondsLeft}
              bare
            />
          )}
          {run.status === 'FAILED' && <span className="text-muted">{run.errorMessage}</span>}
          <Link href={paths.run(project, run.id)} className="text-link hover:underline">
            {underWay ? 'Watch it' : 'See its training'}
          </Link>
        </>
      )}
      {lines.length === 0 && (run === null || run.status !== 'SUCCEEDED') && (
        <p className="text-muted">
          It needs a line with two replicates of two pictures or more: name the replicate of each sample.
        </p>
      )}
      {mayRun && !underWay && lines.length > 0 && (
        <StartButton version={version} lines={lines} again={run !== null} />
      )}
    </div>
  );
}

interface StartButtonProps {
  readonly version: string;
  readonly lines: readonly {
    readonly id: string;
    readonly name: string;
    readonly pictures: number;
    readonly replicates: number;
  }[];
  readonly again: boolean;
}

function StartButton({ version, lines, again }: StartButtonProps) {
  const [open, setOpen] = useState(false);
  const { mutate, busy, problem } = useMutate(StartMutation, { once: true });
  const toast = useToast();
  const start = async (form: FormData) => {
    const payload = await mutate({ input: { modelVersion: version, cellLine: textOf(form, 'cellLine') } });
    if (payload === null) return;
    toast({ says: 'The null split waits for a worker' });
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{again ? 'Run it again' : 'Run this check'}</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Run the null split"
        says="The replicates of one line are dealt into two halves, and a network is trained on them as if they were two types. It should not be able to tell them apart: where it can, it has learned to know the culture (its light, its density, its day) and not the cells."
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void start(new FormData(event.currentTarget));
          }}
          className="flex flex-col gap-3"
        >
          <Field label="Line" required hint="It trains for up to 600 steps; the verdict counts the result.">
            <Select name="cellLine" required>
              {lines.map(({ id, name, pictures, replicates }) => (
                <option
                  key={id}
                  value={id}
                >{`${name}: ${pictures} pictures of ${replicates} replicates`}</option>
              ))}
            </Select>
          </Field>
          <ProblemNote problem={problem} />
          <DialogButtons>
            <Button onClick={() => setOpen(false)}>Back</Button>
            <Button type="submit" kind="primary" busy={busy}>
              Start it
            </Button>
          </DialogButtons>
        </form>
      </Dialog>
    </>
  );
}

/** The verdict above comes from the server: once the training has ended it is read again. */
function useRefreshAtEnd(status: ReturnType<typeof statusOf>): void {
  const router = useRouter();
  const before = useRef(status);
  useEffect(() => {
    const ended =
      before.current !== null && isUnderWay(before.current) && (status === null || !isUnderWay(status));
    before.current = status;
    if (ended) router.refresh();
  }, [status, router]);
}

function statusOf({ node }: Data) {
  return node?.__typename === 'ModelVersion' ? (node.nullSplit?.status ?? null) : null;
}
