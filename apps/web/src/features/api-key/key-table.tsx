'use client';

import { useMemo } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { KeyTable_ApiKeyFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { formatDate, formatMoment } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';
import { scopeNames } from './scope-words.ts';

const KeyTable_apiKey = graphql(`
  fragment KeyTable_apiKey on ApiKey {
    id
    name
    prefix
    scope
    project { id name }
    owner { name }
    expiresAt
    lastUsedAt
  }
`);

const RevokeApiKeyMutation = graphql(`
  mutation RevokeApiKey($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) {
      ... on RevokeApiKeyPayload { apiKey { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

type Row = KeyTable_ApiKeyFragment;

const facts: readonly TableColumn<Row>[] = [
  {
    id: 'name',
    header: 'For',
    grows: true,
    sortBy: ({ name }) => name,
    cell: ({ name, prefix }) => (
      <>
        <span className="font-medium">{name}</span>
        <span className="ml-2 font-mono text-muted text-xs">{`${prefix}…`}</span>
      </>
    ),
  },
  { id: 'scope', header: 'May', cell: ({ scope }) => (scope === null ? '–' : scopeNames[scope]) },
  { id: 'project', header: 'In', from: 'sm', cell: ({ project }) => project?.name ?? 'the whole lab' },
  { id: 'owner', header: 'Whose', from: 'md', cell: ({ owner }) => owner.name },
  {
    id: 'lastUsedAt',
    header: 'Last used',
    from: 'md',
    sortBy: ({ lastUsedAt }) => lastUsedAt,
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : formatMoment(lastUsedAt)),
  },
  {
    id: 'expiresAt',
    header: 'Good until',
    align: 'end',
    from: 'sm',
    sortBy: ({ expiresAt }) => expiresAt,
    cell: ({ expiresAt }) => (expiresAt === null ? '–' : formatDate(expiresAt)),
  },
];

/** Keys that work. */
export function KeyTable({ keys }: { readonly keys: readonly FragmentType<typeof KeyTable_apiKey>[] }) {
  const { mutate, busy, problem } = useMutate(RevokeApiKeyMutation);
  const toast = useToast();
  const columns = useMemo<readonly TableColumn<Row>[]>(() => {
    const revoke = async ({ id, name }: Row) => {
      if ((await mutate({ input: { apiKey: id } })) === null) return;
      toast({ says: `The key “${name}” opens nothing any more` });
    };
    return [
      ...facts,
      {
        id: 'revoke',
        header: '',
        align: 'end',
        cell: (row) => (
          <Button kind="quiet" className="-mx-3" disabled={busy} onClick={() => void revoke(row)}>
            End<span className="sr-only">{` the key “${row.name}”`}</span>
          </Button>
        ),
      },
    ];
  }, [mutate, toast, busy]);
  return (
    <div className="flex flex-col gap-2">
      <ProblemNote problem={problem} />
      <Table
        label="API keys"
        rows={readFragment(KeyTable_apiKey, keys)}
        columns={columns}
        rowKey={({ id }) => id}
        empty="No keys. Managers of a project make them for it, admins for the whole lab."
      />
    </div>
  );
}
