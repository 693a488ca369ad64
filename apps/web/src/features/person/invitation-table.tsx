'use client';

import { useMemo } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { InvitationTable_InvitationFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { formatDate } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';
import { projectRoleNames, roleNames } from './role-words.ts';

const InvitationTable_invitation = graphql(`
  fragment InvitationTable_invitation on Invitation {
    id
    email
    role
    projectRole
    project { id name }
    invitedBy { name }
    expiresAt
  }
`);

const RevokeInvitationMutation = graphql(`
  mutation RevokeInvitation($input: RevokeInvitationInput!) {
    revokeInvitation(input: $input) {
      ... on RevokeInvitationPayload { invitation { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

type Row = InvitationTable_InvitationFragment;

const facts: readonly TableColumn<Row>[] = [
  { id: 'email', header: 'E-mail', grows: true, sortBy: ({ email }) => email, cell: ({ email }) => email },
  { id: 'role', header: 'As', cell: ({ role }) => roleNames[role] },
  {
    id: 'project',
    header: 'In',
    from: 'sm',
    cell: ({ project, projectRole }) =>
      project === null || projectRole === null ? '–' : `${project.name}, ${projectRoleNames[projectRole]}`,
  },
  { id: 'by', header: 'Invited by', from: 'md', cell: ({ invitedBy }) => invitedBy.name },
  {
    id: 'expiresAt',
    header: 'Good until',
    align: 'end',
    from: 'sm',
    sortBy: ({ expiresAt }) => expiresAt,
    cell: ({ expiresAt }) => formatDate(expiresAt),
  },
];

/** Invitations that wait for an answer. */
export function InvitationTable({
  invitations,
}: {
  readonly invitations: readonly FragmentType<typeof InvitationTable_invitation>[];
}) {
  const { mutate, busy, problem } = useMutate(RevokeInvitationMutation);
  const toast = useToast();
  const columns = useMemo<readonly TableColumn<Row>[]>(() => {
    const revoke = async ({ id, email }: Row) => {
      if ((await mutate({ input: { invitation: id } })) === null) return;
      toast({ says: `The link sent to ${email} leads nowhere now` });
    };
    return [
      ...facts,
      {
        id: 'revoke',
        header: '',
        align: 'end',
        cell: (row) => (
          <Button kind="quiet" className="-mx-3" disabled={busy} onClick={() => void revoke(row)}>
            Take back<span className="sr-only">{` the invitation of ${row.email}`}</span>
          </Button>
        ),
      },
    ];
  }, [mutate, toast, busy]);
  return (
    <div className="flex flex-col gap-2">
      <ProblemNote problem={problem} />
      <Table
        label="Invitations that wait for an answer"
        rows={readFragment(InvitationTable_invitation, invitations)}
        columns={columns}
        rowKey={({ id }) => id}
      />
    </div>
  );
}
