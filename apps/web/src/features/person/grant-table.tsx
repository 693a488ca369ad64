'use client';

import { useMemo } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { GrantTable_GrantFragment, ProjectRole } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { Badge } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';
import { projectRoleNames, projectRoles } from './role-words.ts';
import { SetProjectRoleMutation } from './set-project-role.ts';

const GrantTable_grant = graphql(`
  fragment GrantTable_grant on ProjectGrant {
    id
    role
    member { id isViewer person { name } }
    team { id name }
  }
`);

type Row = GrantTable_GrantFragment;

export interface GrantTableProps {
  readonly project: string;
  readonly grants: readonly FragmentType<typeof GrantTable_grant>[];
  readonly canManage: boolean;
}

/** Who has a role in the project; managers change it where it stands. */
export function GrantTable({ project, grants, canManage }: GrantTableProps) {
  const { mutate, busy, problem } = useMutate(SetProjectRoleMutation);
  const toast = useToast();
  const columns = useMemo<readonly TableColumn<Row>[]>(() => {
    const set = async (row: Row, role: ProjectRole | null) => {
      const input = { project, member: row.member?.id ?? null, team: row.team?.id ?? null };
      if ((await mutate({ input: { ...input, role } })) === null) return;
      toast({
        says:
          role === null
            ? `${nameOf(row)} has no role here now`
            : `${nameOf(row)} is ${projectRoleNames[role].toLowerCase()} now`,
        undo: () => void mutate({ input: { ...input, role: row.role } }),
      });
    };
    return [
      {
        id: 'name',
        header: 'Name',
        grows: true,
        sortBy: nameOf,
        cell: (row) => (
          <span className="flex items-center gap-2 font-medium">
            {nameOf(row)}
            {row.team !== null && <Badge>team</Badge>}
            {row.member?.isViewer === true && <Badge>you</Badge>}
          </span>
        ),
      },
      {
        id: 'role',
        header: 'Role',
        cell: (row) =>
          canManage ? (
            <Select
              className="my-1 min-w-32"
              aria-label={`Role of ${nameOf(row)}`}
              value={row.role}
              disabled={busy}
              onChange={(event) => void set(row, event.target.value as ProjectRole)}
            >
              {projectRoles.map((role) => (
                <option key={role} value={role}>
                  {projectRoleNames[role]}
                </option>
              ))}
            </Select>
          ) : (
            projectRoleNames[row.role]
          ),
      },
      ...(canManage
        ? [
            {
              id: 'remove',
              header: '',
              align: 'end' as const,
              cell: (row: Row) => (
                <Button kind="quiet" className="-mx-3" disabled={busy} onClick={() => void set(row, null)}>
                  Remove<span className="sr-only">{` ${nameOf(row)}`}</span>
                </Button>
              ),
            },
          ]
        : []),
    ];
  }, [mutate, toast, busy, canManage, project]);
  return (
    <div className="flex flex-col gap-2">
      <ProblemNote problem={problem} />
      <Table
        label="Roles in the project"
        rows={readFragment(GrantTable_grant, grants)}
        columns={columns}
        rowKey={({ id }) => id}
        empty="Nobody has a role of their own here. Owners and admins of the lab need none."
      />
    </div>
  );
}

function nameOf({ member, team }: Row): string {
  return member?.person.name ?? team?.name ?? '';
}
