import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { CopyLine } from '#ui/copy-line.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';

const InviteOwnerMutation = graphql(`
  mutation InviteOwner($input: InviteOwnerInput!) {
    inviteOwner(input: $input) {
      ... on InviteOwnerPayload { ownerLink }
      ... on UserError { code message cure subject }
    }
  }
`);

/** A new way in for the owner of a lab that nobody has entered: the first link was lost, or went to a wrong address. */
export function OwnerLink({ organization }: { readonly organization: string }) {
  const { mutate, busy, problem } = useMutate(InviteOwnerMutation, { refresh: false });
  const [made, setMade] = useState<{ readonly email: string; readonly link: string } | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const ownerEmail = textOf(new FormData(event.currentTarget), 'owner');
    // Without an idempotency key: where an answer is lost, another click makes another link and ends that one.
    const payload = await mutate({ input: { organization, ownerEmail } });
    if (payload?.ownerLink != null) setMade({ email: ownerEmail.trim(), link: payload.ownerLink });
  };
  return (
    <section className="flex flex-col gap-3">
      <div>
        <h3 className="font-medium text-base">Its owner has not come yet</h3>
        <p className="text-muted">
          {made === null
            ? 'Was the link lost, or sent to a wrong address? Make a new one. The old one ends.'
            : `Send this link to ${made.email}. It is good for this address alone, works once, for 14 days, and is shown only here and now.`}
        </p>
      </div>
      {made === null ? (
        <form onSubmit={send} className="flex flex-col gap-3">
          <Field label="E-mail of its owner" error={fieldError(problem, 'ownerEmail')} required>
            <Input name="owner" type="email" maxLength={200} autoComplete="off" autoFocus />
          </Field>
          <ProblemNote problem={otherProblem(problem, ['ownerEmail'])} />
          <Button type="submit" className="self-start" busy={busy}>
            Make a new link
          </Button>
        </form>
      ) : (
        <CopyLine label={`Invitation for ${made.email}`} text={made.link} />
      )}
    </section>
  );
}
