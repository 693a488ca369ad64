'use client';

import { type FormEvent, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import type { ProjectRole } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import type { MemberChoice } from './member-checkboxes.tsx';
import { ProjectRoleChoice } from './role-choice.tsx';
import { SetProjectRoleMutation } from './set-project-role.ts';

export interface AddGrantProps {
  readonly project: string;
  /** People of the lab and teams without a role here. */
  readonly members: readonly MemberChoice[];
  readonly teams: readonly MemberChoice[];
}

/** Gives somebody of the lab a role in the project. */
export function AddGrant({ project, members, teams }: AddGrantProps) {
  const [open, setOpen] = useState(false);
  const [role, setRole] = useState<ProjectRole>('EDITOR');
  const { mutate, busy, problem } = useMutate(SetProjectRoleMutation);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const who = textOf(new FormData(event.currentTarget), 'who');
    const place = teams.some(({ id }) => id === who) ? { team: who } : { member: who };
    if ((await mutate({ input: { project, role, ...place } })) !== null) setOpen(false);
  };
  if (members.length + teams.length === 0) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Add somebody</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Add somebody of the lab"
        says="Whoever is not in the lab yet is invited on the page People."
      >
        <form onSubmit={send} className="flex flex-col gap-4">
          <Field label="Who" required>
            <Select name="who" autoFocus>
              {members.length > 0 && <Choices label="People" choices={members} />}
              {teams.length > 0 && <Choices label="Teams" choices={teams} />}
            </Select>
          </Field>
          <ProjectRoleChoice value={role} onChange={setRole} />
          <ProblemNote problem={problem} />
          <DialogButtons>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" kind="primary" busy={busy}>
              Give the role
            </Button>
          </DialogButtons>
        </form>
      </Dialog>
    </>
  );
}

function Choices({ label, choices }: { readonly label: string; readonly choices: readonly MemberChoice[] }) {
  return (
    <optgroup label={label}>
      {choices.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </optgroup>
  );
}
