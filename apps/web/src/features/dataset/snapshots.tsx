'use client';

import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { SnapshotDatasetMutation } from '#graphql/graphql.ts';
import { Button, buttonStyle } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { formatMoment } from '#ui/format.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Status } from '#ui/status.tsx';
import { Term } from '#ui/term.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../paths.ts';
import type { DatasetNode } from './dataset-view.tsx';

const SnapshotMutation = graphql(`
  mutation SnapshotDataset($input: SnapshotDatasetInput!) {
    snapshotDataset(input: $input) {
      ... on SnapshotDatasetPayload { version { id number } warnings { code message cure } }
      ... on UserError { code message cure subject }
    }
  }
`);

type Taken = Extract<
  SnapshotDatasetMutation['snapshotDataset'],
  { readonly __typename?: 'SnapshotDatasetPayload' }
>;

export interface SnapshotsProps {
  readonly project: string;
  readonly dataset: DatasetNode;
}

/** Freezes the dataset as it is, and lists what was frozen. */
export function Snapshots({ project, dataset }: SnapshotsProps) {
  const { mutate, busy, problem } = useMutate(SnapshotMutation, { once: true });
  const [taken, setTaken] = useState<Taken | null>(null);
  const toast = useToast();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const payload = await mutate({
      input: { dataset: dataset.id, note: textOf(new FormData(form), 'note') || null },
    });
    if (payload === null) return;
    form.reset();
    setTaken(payload);
    toast({ says: `Snapshot ${payload.version.number} is taken` });
  };
  const versions = dataset.versions.edges.map(({ node }) => node);
  return (
    <>
      {dataset.viewerCanEdit && (
        <form onSubmit={send} className="mb-5 flex max-w-2xl flex-wrap items-end gap-3">
          <div className="min-w-60 flex-1">
            <Field
              label={
                <>
                  A <Term of="snapshot" /> for trainings and segmentations
                </>
              }
            >
              <Input name="note" placeholder="Why, for later" maxLength={500} />
            </Field>
          </div>
          <Button type="submit" kind="primary" busy={busy} disabled={dataset.imageCounts.total === 0}>
            Take a snapshot
          </Button>
          <ProblemNote problem={problem} />
        </form>
      )}
      {taken !== null && taken.warnings.length > 0 && (
        <TakenNote project={project} dataset={dataset.id} taken={taken} />
      )}
      {versions.length === 0 ? (
        <p className="text-base text-muted">
          None yet. A training reads a snapshot, so that it can be repeated when the dataset has long changed.
        </p>
      ) : (
        <ul className="hairline divide-y divide-line rounded-ui bg-surface">
          {versions.map((version) => (
            <li key={version.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-base">
              <span className="font-medium">{`Snapshot ${version.number}`}</span>
              <span className="text-muted">{formatMoment(version.createdAt)}</span>
              <span className="min-w-0 flex-1 truncate text-muted">{version.note}</span>
              <span>
                {version.populations
                  .map(({ name, images }) => `${name ?? 'mixtures and others'} ${images}`)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
      {versions.length > 0 && dataset.viewerCanEdit && (
        <p className="mt-4 flex flex-wrap gap-2">
          <Link href={paths.newRun(project)} className={buttonStyle('plain')}>
            Train on it
          </Link>
          <Link href={paths.newSegmentationRun(project)} className={buttonStyle('plain')}>
            Segment it
          </Link>
        </p>
      )}
    </>
  );
}

/** What to know of a fresh snapshot before a training; it is good all the same. */
function TakenNote(props: { readonly project: string; readonly dataset: string; readonly taken: Taken }) {
  const { project, dataset, taken } = props;
  return (
    <div role="status" className="hairline mb-5 max-w-2xl rounded-ui bg-surface px-4 py-3 text-sm">
      <Status tone="care">{`Before you train on snapshot ${taken.version.number}`}</Status>
      <ul className="mt-1 flex flex-col gap-2">
        {taken.warnings.map(({ code, message, cure }) => (
          <li key={code}>
            <p>{message}</p>
            <p className="text-muted">{cure}</p>
          </li>
        ))}
      </ul>
      <Link href={paths.foreground(project, dataset)} className="mt-2 inline-block text-link hover:underline">
        Look at the foreground
      </Link>
    </div>
  );
}
