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
import { ShownOnce } from '#ui/shown-once.tsx';

const CreateReviewerLinkMutation = graphql(`
  mutation CreateReviewerLink($input: CreateReviewerLinkInput!) {
    createReviewerLink(input: $input) {
      ... on CreateReviewerLinkPayload { url reviewerLink { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

/** The button and its dialog; ends with the link that has to be sent. */
export function CreateReviewerLink({ dataset }: { readonly dataset: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>New link</Button>
      <Dialog open={open} onOpenChange={setOpen} title="Link for a reviewer">
        {open && <LinkForm dataset={dataset} onEnd={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function LinkForm({ dataset, onEnd }: { readonly dataset: string; readonly onEnd: () => void }) {
  const { mutate, busy, problem } = useMutate(CreateReviewerLinkMutation, { once: true });
  const [made, setMade] = useState<{ readonly url: string | null } | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = Number(textOf(form, 'days'));
    const payload = await mutate({ input: { dataset, days, note: textOf(form, 'note') || null } });
    setMade(payload);
  };
  if (made !== null) {
    return (
      <ShownOnce
        says="Send this link to the reviewer. It is shown only here and now."
        label="Link for the reviewer"
        text={made.url}
        lost="The link was made, but the answer with it was lost on the way, and a link is shown only once. Take it back in the list, and make another."
        onEnd={onEnd}
      />
    );
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field label="For whom" hint="For you; reviewers do not see it." error={fieldError(problem, 'note')}>
        <Input name="note" maxLength={200} autoComplete="off" autoFocus />
      </Field>
      <Field label="Works for days" error={fieldError(problem, 'days')} required>
        <Input name="days" type="number" min={1} max={365} defaultValue={90} />
      </Field>
      <ProblemNote problem={otherProblem(problem, ['note', 'days'])} />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Make the link
        </Button>
      </DialogButtons>
    </form>
  );
}
