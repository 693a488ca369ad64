'use client';

import { useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { MemberTable_MemberFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import { paths } from '../paths.ts';

const RemoveMemberMutation = graphql(`
  mutation RemoveMember($input: RemoveMemberInput!) {
    removeMember(input: $input) {
      ... on RemoveMemberPayload { removedId }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface RemoveMemberProps {
  readonly member: MemberTable_MemberFragment;
  /** The lab's name. */
  readonly lab: string;
  readonly onEnd: () => void;
}

/** Asks twice: what ends is said before. */
export function RemoveMember({ member, lab, onEnd }: RemoveMemberProps) {
  const { mutate, busy, problem } = useMutate(RemoveMemberMutation, { refresh: !member.isViewer });
  const [asked, setAsked] = useState(false);
  const toast = useToast();
  const verb = member.isViewer ? 'Leave the lab' : 'Remove from the lab';
  const remove = async () => {
    if ((await mutate({ input: { member: member.id } })) === null) return;
    if (member.isViewer) return location.assign(paths.home());
    toast({ says: `${member.person.name} is out of the lab. An invitation brings back who was removed.` });
    onEnd();
  };
  return (
    <section className="flex flex-col gap-2 border-line border-t pt-4">
      <h3 className="font-medium text-base">{verb}</h3>
      <p className="text-muted">
        {member.isViewer
          ? `Your rights in ${lab}, your places in its teams and your API keys end at once. What you have made stays. Only an invitation brings you back.`
          : `Rights, places in teams and API keys end at once. What ${member.person.name} has made stays. An invitation brings the person back.`}
      </p>
      <ProblemNote problem={problem} />
      {asked ? (
        <div className="flex gap-2">
          <Button onClick={() => setAsked(false)}>Keep</Button>
          <Button kind="danger" busy={busy} onClick={() => void remove()} autoFocus>
            {member.isViewer ? `Leave ${lab}` : `Remove ${member.person.name}`}
          </Button>
        </div>
      ) : (
        <Button className="self-start" kind="danger" onClick={() => setAsked(true)}>
          {`${verb} …`}
        </Button>
      )}
    </section>
  );
}
