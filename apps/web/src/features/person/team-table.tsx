'use client';

import { type FormEvent, useMemo, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { TeamTable_TeamFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useToast } from '#ui/toast.tsx';
import { MemberCheckboxes, type MemberChoice } from './member-checkboxes.tsx';

const TeamTable_team = graphql(`
  fragment TeamTable_team on Team {
    id
    name
    members { id person { name } }
  }
`);

const SetTeamMembersMutation = graphql(`
  mutation SetTeamMembers($input: SetTeamMembersInput!) {
    setTeamMembers(input: $input) {
      ... on SetTeamMembersPayload { team { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

type Row = TeamTable_TeamFragment;

export interface TeamTableProps {
  readonly teams: readonly FragmentType<typeof TeamTable_team>[];
  readonly members: readonly MemberChoice[];
  readonly canManage: boolean;
}

/** A click on a team's name opens who is in it. */
export function TeamTable({ teams, members, canManage }: TeamTableProps) {
  const [edited, setEdited] = useState<Row | null>(null);
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'name',
        header: 'Name',
        sortBy: ({ name }) => name,
        cell: (team) =>
          canManage ? (
            <button
              type="button"
              className="text-left font-medium hover:underline"
              onClick={() => setEdited(team)}
            >
              {team.name}
            </button>
          ) : (
            <span className="font-medium">{team.name}</span>
          ),
      },
      {
        id: 'people',
        header: 'People',
        grows: true,
        cell: (team) => team.members.map(({ person }) => person.name).join(', ') || 'nobody yet',
      },
    ],
    [canManage],
  );
  return (
    <>
      <Table
        label="Teams"
        rows={readFragment(TeamTable_team, teams)}
        columns={columns}
        rowKey={({ id }) => id}
        empty="No teams. A team gets its role in a project as one."
      />
      <Dialog
        open={edited !== null}
        onOpenChange={(open) => !open && setEdited(null)}
        title={edited?.name ?? ''}
        says="Who is added has the team’s roles at once; who is taken out loses them at once."
      >
        {edited !== null && <TeamForm team={edited} members={members} onEnd={() => setEdited(null)} />}
      </Dialog>
    </>
  );
}

interface TeamFormProps {
  readonly team: Row;
  readonly members: readonly MemberChoice[];
  readonly onEnd: () => void;
}

function TeamForm({ team, members, onEnd }: TeamFormProps) {
  const { mutate, busy, problem } = useMutate(SetTeamMembersMutation);
  const toast = useToast();
  const before = team.members.map(({ id }) => id);
  // Also those of the team who are beyond the first of the lab.
  const known = new Set(members.map(({ id }) => id));
  const others = team.members.filter(({ id }) => !known.has(id));
  const choices = [...others.map(({ id, person }) => ({ id, name: person.name })), ...members];
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll('members').map(String);
    if ((await mutate({ input: { team: team.id, members: chosen } })) === null) return;
    toast({
      says: `${team.name} is changed`,
      undo: () => void mutate({ input: { team: team.id, members: before } }),
    });
    onEnd();
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <MemberCheckboxes members={choices} chosen={before} />
      <ProblemNote problem={problem} />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Save
        </Button>
      </DialogButtons>
    </form>
  );
}
