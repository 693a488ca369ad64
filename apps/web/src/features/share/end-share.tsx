'use client';

import { type ReactNode, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import { DeclineShareMutation } from './decline-share.ts';
import { ENDING } from './share-words.ts';

const RevokeShareMutation = graphql(`
  mutation RevokeShare($input: RevokeShareInput!) {
    revokeShare(input: $input) {
      ... on RevokeSharePayload { share { id status } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface EndShareProps {
  readonly share: string;
  /** Its name. */
  readonly dataset: string;
  /** `takeBack` by who lends, `handBack` by who borrows. */
  readonly end: 'takeBack' | 'handBack';
  /** What depends on it, as far as this side knows. */
  readonly children?: ReactNode;
}

/** A button that asks before it ends a share. */
export function EndShare({ share, dataset, end, children }: EndShareProps) {
  const [open, setOpen] = useState(false);
  const revoke = useMutate(RevokeShareMutation);
  const decline = useMutate(DeclineShareMutation);
  const { mutate, busy, problem } = end === 'takeBack' ? revoke : decline;
  const toast = useToast();
  const verb = end === 'takeBack' ? 'Take back' : 'Hand back';
  const send = async () => {
    if ((await mutate({ input: { share } })) === null) return;
    setOpen(false);
    toast({
      says: end === 'takeBack' ? `“${dataset}” is yours alone again` : `“${dataset}” is handed back`,
    });
  };
  return (
    <>
      <Button kind="quiet" className="-mx-3" onClick={() => setOpen(true)}>
        {verb}
        <span className="sr-only">{` “${dataset}”`}</span>
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title={`${verb} “${dataset}”?`} says={ENDING}>
        <div className="flex flex-col gap-3">
          {children}
          <p className="text-muted">
            {end === 'takeBack'
              ? 'It can be offered anew afterwards; they would have to accept it again.'
              : 'Only its lab can offer it anew.'}
          </p>
          <ProblemNote problem={problem} />
          <DialogButtons>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button kind="danger" busy={busy} onClick={() => void send()}>
              {verb}
            </Button>
          </DialogButtons>
        </div>
      </Dialog>
    </>
  );
}
