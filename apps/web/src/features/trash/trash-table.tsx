'use client';

import { useMemo, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { TrashTable_TrashItemFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { formatDate } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';
import { RestoreNodesMutation } from './restore-nodes.ts';
import { typeNames } from './type-names.ts';

const TrashTable_trashItem = graphql(`
  fragment TrashTable_trashItem on TrashItem {
    id
    subjectId
    subjectType
    name
    deletedAt
    deletedBy
    purgedAfter
  }
`);

type Row = TrashTable_TrashItemFragment;

const facts: readonly TableColumn<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    grows: true,
    sortBy: ({ name }) => name,
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  { id: 'type', header: 'What', cell: ({ subjectType }) => typeNames[subjectType] ?? subjectType },
  {
    id: 'deletedAt',
    header: 'Deleted',
    from: 'sm',
    sortBy: ({ deletedAt }) => deletedAt,
    cell: ({ deletedAt, deletedBy }) =>
      deletedBy === null ? formatDate(deletedAt) : `${formatDate(deletedAt)} by ${deletedBy}`,
  },
  {
    id: 'purgedAfter',
    header: 'Gone for good after',
    align: 'end',
    from: 'md',
    sortBy: ({ purgedAfter }) => purgedAfter,
    cell: ({ purgedAfter }) => formatDate(purgedAfter),
  },
];

export interface TrashTableProps {
  readonly items: readonly FragmentType<typeof TrashTable_trashItem>[];
}

/** What was deleted and can still be restored. */
export function TrashTable({ items }: TrashTableProps) {
  const { mutate, busy, problem } = useMutate(RestoreNodesMutation);
  const [refused, setRefused] = useState<string | null>(null);
  const toast = useToast();
  const columns = useMemo<readonly TableColumn<Row>[]>(() => {
    const restore = async ({ subjectId, name }: Row) => {
      setRefused(null);
      const payload = await mutate({ input: { ids: [subjectId] } });
      if (payload === null) return;
      const [item] = payload.items;
      if (item?.restored === true) toast({ says: `“${name}” is back` });
      else setRefused(item?.problem ?? `“${name}” could not be restored.`);
    };
    return [
      ...facts,
      {
        id: 'restore',
        header: '',
        align: 'end',
        cell: (row) => (
          <Button kind="quiet" className="-mx-3" disabled={busy} onClick={() => void restore(row)}>
            Restore<span className="sr-only">{` “${row.name}”`}</span>
          </Button>
        ),
      },
    ];
  }, [mutate, toast, busy]);
  return (
    <div className="flex flex-col gap-2">
      <ProblemNote problem={refused === null ? problem : { message: refused, cure: null }} />
      <Table
        label="What was deleted"
        rows={readFragment(TrashTable_trashItem, items)}
        columns={columns}
        rowKey={({ id }) => id}
        empty="Nothing is in the trash."
      />
    </div>
  );
}
