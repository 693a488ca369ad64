'use client';

import { Plus } from 'lucide-react';
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
import { ShownOnce } from '#ui/shown-once.tsx';

const CreateOrganizationMutation = graphql(`
  mutation CreateOrganization($input: CreateOrganizationInput!) {
    createOrganization(input: $input) {
      ... on CreateOrganizationPayload { organizationId ownerLink }
      ... on UserError { code message cure subject }
    }
  }
`);

/** The button and its dialog; ends with the link for the lab's owner. */
export function CreateLab() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="primary" icon={<Plus aria-hidden="true" />} onClick={() => setOpen(true)}>
        New lab
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="New lab">
        {open && <LabForm onEnd={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function LabForm({ onEnd }: { readonly onEnd: () => void }) {
  const { mutate, busy, problem } = useMutate(CreateOrganizationMutation, { once: true });
  const [made, setMade] = useState<{ readonly ownerLink: string | null } | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const input = { name: textOf(form, 'name'), ownerEmail: textOf(form, 'owner') };
    setMade(await mutate({ input }));
  };
  if (made !== null) {
    return (
      <ShownOnce
        says="Send this link to the lab’s owner. It works once, for 14 days, and is shown only here and now; should it get lost, the lab’s name in the list leads to a new one."
        label="Invitation for the owner"
        text={made.ownerLink}
        lost="The lab was made, but the answer with its owner’s link was lost on the way, and a link is shown only once. Press its name in the list to make a new one."
        onEnd={onEnd}
      />
    );
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field label="Name of the lab" error={fieldError(problem, 'name')} required>
        <Input name="name" maxLength={100} autoComplete="off" autoFocus />
      </Field>
      <Field label="E-mail of its owner" error={fieldError(problem, 'ownerEmail')} required>
        <Input name="owner" type="email" maxLength={200} autoComplete="off" />
      </Field>
      <ProblemNote problem={otherProblem(problem, ['name', 'ownerEmail'])} />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Make the lab
        </Button>
      </DialogButtons>
    </form>
  );
}
