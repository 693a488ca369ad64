'use client';

import { type FragmentType, graphql, readFragment } from '#graphql';
import type { MemberTable_MemberFragment, OrganizationRole } from '#graphql/graphql.ts';
import { formatDate } from '#ui/format.ts';
import { Badge } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';

const MemberTable_member = graphql(`
  fragment MemberTable_member on Member {
    id
    role
    isViewer
    createdAt
    person { name email }
  }
`);

const roleNames: Readonly<Record<OrganizationRole, string>> = {
  OWNER: 'Owner',
  ADMIN: 'Admin',
  MEMBER: 'Member',
  GUEST: 'Guest',
};

const columns: readonly TableColumn<MemberTable_MemberFragment>[] = [
  {
    id: 'name',
    header: 'Name',
    grows: true,
    sortBy: (member) => member.person.name,
    cell: (member) => (
      <span className="flex items-center gap-2 font-medium">
        {member.person.name}
        {member.isViewer && <Badge>you</Badge>}
      </span>
    ),
  },
  {
    id: 'email',
    header: 'E-mail',
    from: 'sm',
    sortBy: (member) => member.person.email,
    cell: (member) => member.person.email ?? '–',
  },
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

export function MemberTable({
  members,
}: {
  readonly members: readonly FragmentType<typeof MemberTable_member>[];
}) {
  return (
    <Table
      label="People of the lab"
      rows={readFragment(MemberTable_member, members)}
      columns={columns}
      rowKey={(member) => member.id}
    />
  );
}
