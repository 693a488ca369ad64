'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../paths.ts';
import { DeclineShareMutation } from './decline-share.ts';

const AcceptShareMutation = graphql(`
  mutation AcceptShare($input: AcceptShareInput!) {
    acceptShare(input: $input) {
      ... on AcceptSharePayload { share { id status dataset { id } } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface AnswerShareProps {
  readonly share: string;
  readonly project: string;
  /** Its name. */
  readonly dataset: string;
}

/** Accepts or declines what is offered to a project. */
export function AnswerShare({ share, project, dataset }: AnswerShareProps) {
  const accept = useMutate(AcceptShareMutation, { refresh: false });
  const decline = useMutate(DeclineShareMutation, { refresh: false });
  const [leaving, setLeaving] = useState(false);
  const router = useRouter();
  const toast = useToast();
  const leave = (to: string, says: string) => {
    setLeaving(true);
    toast({ says });
    router.push(to);
    router.refresh();
  };
  const take = async () => {
    const payload = await accept.mutate({ input: { share } });
    if (payload === null) return;
    const lent = payload.share.dataset;
    leave(
      lent === null ? paths.project(project) : paths.dataset(project, lent.id),
      `“${dataset}” is lent to this project now`,
    );
  };
  const refuse = async () => {
    if ((await decline.mutate({ input: { share } })) === null) return;
    leave(paths.project(project), `“${dataset}” is declined`);
  };
  const busy = accept.busy || decline.busy || leaving;
  return (
    <div className="flex flex-col gap-3">
      <ProblemNote problem={accept.problem ?? decline.problem} />
      <div className="flex gap-2">
        <Button kind="primary" busy={accept.busy} disabled={busy} onClick={() => void take()}>
          Accept
        </Button>
        <Button busy={decline.busy} disabled={busy} onClick={() => void refuse()}>
          Decline
        </Button>
      </div>
    </div>
  );
}
