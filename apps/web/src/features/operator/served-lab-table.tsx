'use client';

import { type FormEvent, useMemo, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { ServedLabTable_LabFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { formatBytes } from '#ui/format.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Progress } from '#ui/progress.tsx';
import { Badge } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';
import { OwnerLink } from './owner-link.tsx';

const ServedLabTable_lab = graphql(`
  fragment ServedLabTable_lab on ServedLab {
    organizationId
    name
    members
    hasOwner
    images
    usedBytes
    quotaBytes
  }
`);

const SetQuotaMutation = graphql(`
  mutation SetQuota($input: SetQuotaInput!) {
    setQuota(input: $input) {
      ... on SetQuotaPayload { quotaBytes }
      ... on UserError { code message cure subject }
    }
  }
`);

type Row = ServedLabTable_LabFragment;

const facts: readonly TableColumn<Row>[] = [
  {
    id: 'members',
    header: 'People',
    align: 'end',
    from: 'sm',
    sortBy: ({ members }) => members,
    cell: ({ members }) => members.toLocaleString('en-GB'),
  },
  {
    id: 'images',
    header: 'Images',
    align: 'end',
    from: 'sm',
    sortBy: ({ images }) => images,
    cell: ({ images }) => images.toLocaleString('en-GB'),
  },
  {
    id: 'used',
    header: 'Room used',
    align: 'end',
    sortBy: ({ usedBytes }) => usedBytes,
    cell: ({ usedBytes, quotaBytes }) => `${formatBytes(usedBytes)} of ${formatBytes(quotaBytes)}`,
  },
  {
    id: 'share',
    header: '',
    from: 'md',
    cell: ({ name, usedBytes, quotaBytes }) => (
      <Progress className="w-32" label={`Room of ${name}`} done={usedBytes} total={quotaBytes} bare />
    ),
  },
];

/** A click on a lab's name opens its room, and a new link for an owner who has not come. */
export function ServedLabTable({
  labs,
}: {
  readonly labs: readonly FragmentType<typeof ServedLabTable_lab>[];
}) {
  const [edited, setEdited] = useState<Row | null>(null);
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'name',
        header: 'Lab',
        grows: true,
        sortBy: ({ name }) => name,
        cell: (lab) => (
          <span className="flex flex-wrap items-center gap-x-2">
            <button
              type="button"
              className="text-left font-medium hover:underline"
              onClick={() => setEdited(lab)}
            >
              {lab.name}
            </button>
            {!lab.hasOwner && <Badge>no owner yet</Badge>}
          </span>
        ),
      },
      ...facts,
    ],
    [],
  );
  return (
    <>
      <Table
        label="Labs of this server"
        rows={readFragment(ServedLabTable_lab, labs)}
        columns={columns}
        rowKey={({ organizationId }) => organizationId}
        initialSort={{ id: 'used', descending: true }}
      />
      <Dialog
        open={edited !== null}
        onOpenChange={(open) => !open && setEdited(null)}
        title={edited?.name ?? ''}
      >
        {edited !== null && (
          <div className="flex flex-col gap-6">
            {!edited.hasOwner && <OwnerLink organization={edited.organizationId} />}
            <RoomForm lab={edited} onEnd={() => setEdited(null)} />
          </div>
        )}
      </Dialog>
    </>
  );
}

const GB = 1e9;

function RoomForm({ lab, onEnd }: { readonly lab: Row; readonly onEnd: () => void }) {
  const { mutate, busy, problem } = useMutate(SetQuotaMutation);
  const toast = useToast();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const bytes = Math.round(Number(textOf(new FormData(event.currentTarget), 'room')) * GB);
    const organization = lab.organizationId;
    if ((await mutate({ input: { organization, bytes } })) === null) return;
    toast({
      says: `${lab.name} has ${formatBytes(bytes)} now`,
      undo: () => void mutate({ input: { organization, bytes: lab.quotaBytes } }),
    });
    onEnd();
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-3 border-line not-first:border-t not-first:pt-4">
      <div>
        <h3 className="font-medium text-base">Room</h3>
        <p className="text-muted">
          For originals, pyramids, models and results together. Below what is used, nothing is removed and
          nothing can be added.
        </p>
      </div>
      <Field
        label="Gigabytes"
        hint={`${formatBytes(lab.usedBytes)} are used.`}
        error={fieldError(problem, 'bytes')}
        required
      >
        <Input
          name="room"
          type="number"
          min={0}
          step="any"
          defaultValue={+(lab.quotaBytes / GB).toFixed(1)}
          autoFocus={lab.hasOwner}
        />
      </Field>
      <ProblemNote problem={otherProblem(problem, ['bytes'])} />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Save
        </Button>
      </DialogButtons>
    </form>
  );
}
