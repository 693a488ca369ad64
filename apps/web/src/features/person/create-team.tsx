'use client';

import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { MemberCheckboxes, type MemberChoice } from './member-checkboxes.tsx';

const CreateTeamMutation = graphql(`
  mutation CreateTeam($input: CreateTeamInput!) {
    createTeam(input: $input) {
      ... on CreateTeamPayload { team { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface CreateTeamProps {
  readonly organization: string;
  readonly members: readonly MemberChoice[];
}

/** The button and its dialog. */
export function CreateTeam({ organization, members }: CreateTeamProps) {
  const [open, setOpen] = useState(false);
  const { mutate, busy, problem } = useMutate(CreateTeamMutation, { once: true });
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = form.getAll('members').map(String);
    const payload = await mutate({ input: { organization, name: textOf(form, 'name'), members: chosen } });
    if (payload !== null) setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>New team</Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="New team"
        says="A project can give a role to all of a team at once."
      >
        <form onSubmit={send} className="flex flex-col gap-4">
          <Field label="Name" error={fieldError(problem, 'name')} required>
            <Input name="name" maxLength={100} autoComplete="off" autoFocus />
          </Field>
          <MemberCheckboxes members={members} chosen={[]} />
          <ProblemNote problem={otherProblem(problem, ['name'])} />
          <DialogButtons>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button type="submit" kind="primary" busy={busy}>
              Make the team
            </Button>
          </DialogButtons>
        </form>
      </Dialog>
    </>
  );
}
