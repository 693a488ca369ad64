'use client';

import { useMemo, useState } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { MemberTable_MemberFragment } from '#graphql/graphql.ts';
import { formatDate } from '#ui/format.ts';
import { Badge } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { EditMember } from './edit-member.tsx';
import { roleNames } from './role-words.ts';

const MemberTable_member = graphql(`
  fragment MemberTable_member on Member {
    id
    role
    isViewer
    createdAt
    person { name email }
  }
`);

type Row = MemberTable_MemberFragment;

const address: TableColumn<Row> = {
  id: 'email',
  header: 'E-mail',
  from: 'sm',
  sortBy: (member) => member.person.email,
  cell: (member) => member.person.email,
};

const facts: readonly TableColumn<Row>[] = [
  {
    id: 'role',
    header: 'Role',
    sortBy: (member) => roleNames[member.role],
    cell: (member) => roleNames[member.role],
  },
  {
    id: 'createdAt',
    header: 'Since',
    align: 'end',
    from: 'sm',
    sortBy: (member) => member.createdAt,
    cell: (member) => formatDate(member.createdAt),
  },
];

export interface MemberTableProps {
  readonly members: readonly FragmentType<typeof MemberTable_member>[];
  /** Whether the viewer may set roles and take people out. */
  readonly canManage: boolean;
  readonly isOwner: boolean;
  /** The lab's name. */
  readonly lab: string;
}

/** A click on a name opens what can be changed about that person; everybody may leave. */
export function MemberTable({ members, canManage, isOwner, lab }: MemberTableProps) {
  const rows = readFragment(MemberTable_member, members);
  // Guests are told names alone.
  const withAddresses = rows.every(({ person }) => person.email !== null);
  const [edited, setEdited] = useState<Row | null>(null);
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'name',
        header: 'Name',
        grows: true,
        sortBy: (member) => member.person.name,
        cell: (member) => (
          <span className="flex items-center gap-2 font-medium">
            {canManage || member.isViewer ? (
              <button type="button" className="text-left hover:underline" onClick={() => setEdited(member)}>
                {member.person.name}
              </button>
            ) : (
              member.person.name
            )}
            {member.isViewer && <Badge>you</Badge>}
          </span>
        ),
      },
      ...(withAddresses ? [address] : []),
      ...facts,
    ],
    [canManage, withAddresses],
  );
  return (
    <>
      <Table label="People of the lab" rows={rows} columns={columns} rowKey={(member) => member.id} />
      <EditMember
        member={edited}
        canManage={canManage}
        isOwner={isOwner}
        lab={lab}
        onEnd={() => setEdited(null)}
      />
    </>
  );
}
