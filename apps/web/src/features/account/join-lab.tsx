'use client';

import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { paths } from '../paths.ts';
import { chooseLab } from '../shell/choose-lab.ts';

const AcceptInvitationMutation = graphql(`
  mutation AcceptInvitation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      ... on AcceptInvitationPayload { organization { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

/** Joins the lab, for who has an account and is signed in. */
export function JoinLab({ token, organization }: { readonly token: string; readonly organization: string }) {
  const { mutate, busy, problem } = useMutate(AcceptInvitationMutation, { refresh: false });
  const join = async () => {
    const payload = await mutate({ input: { token } });
    if (payload === null) return;
    chooseLab(payload.organization.id);
    location.assign(paths.home());
  };
  return (
    <div className="flex flex-col gap-4">
      <ProblemNote problem={problem} />
      <Button kind="primary" busy={busy} onClick={() => void join()}>
        {`Join ${organization}`}
      </Button>
    </div>
  );
}
