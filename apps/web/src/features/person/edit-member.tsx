'use client';

import { type FormEvent, useState } from 'react';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { MemberTable_MemberFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { CopyLine } from '#ui/copy-line.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { formatMoment } from '#ui/format.ts';
import { ProblemNote } from '#ui/problem-note.tsx';
import { useToast } from '#ui/toast.tsx';
import { RemoveMember } from './remove-member.tsx';
import { RoleChoice } from './role-choice.tsx';
import { roleNames } from './role-words.ts';

const SetRoleMutation = graphql(`
  mutation SetRole($input: SetRoleInput!) {
    setRole(input: $input) {
      ... on SetRolePayload { member { id } }
      ... on UserError { code message cure subject }
    }
  }
`);

const CreateResetLinkMutation = graphql(`
  mutation CreateResetLink($input: CreateResetLinkInput!) {
    createResetLink(input: $input) {
      ... on CreateResetLinkPayload { link expiresAt }
      ... on UserError { code message cure subject }
    }
  }
`);

type Member = MemberTable_MemberFragment;

export interface EditMemberProps {
  /** Null while nobody is edited. */
  readonly member: Member | null;
  readonly canManage: boolean;
  readonly isOwner: boolean;
  readonly lab: string;
  readonly onEnd: () => void;
}

/** A person's role, a way to a new password, and the way out of the lab. */
export function EditMember({ member, canManage, isOwner, lab, onEnd }: EditMemberProps) {
  return (
    <Dialog
      open={member !== null}
      onOpenChange={(open) => !open && onEnd()}
      title={member?.person.name ?? ''}
      says={member === null ? undefined : (member.person.email ?? roleNames[member.role])}
    >
      {member !== null && (
        <div className="flex flex-col gap-6">
          {canManage && <RoleForm member={member} isOwner={isOwner} onEnd={onEnd} />}
          {canManage && !member.isViewer && <ResetLink member={member} />}
          <RemoveMember member={member} lab={lab} onEnd={onEnd} />
        </div>
      )}
    </Dialog>
  );
}

interface FormProps {
  readonly member: Member;
  readonly isOwner: boolean;
  readonly onEnd: () => void;
}

function RoleForm({ member, isOwner, onEnd }: FormProps) {
  const { mutate, busy, problem } = useMutate(SetRoleMutation);
  const [role, setRole] = useState(member.role);
  const toast = useToast();
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if ((await mutate({ input: { member: member.id, role } })) === null) return;
    toast({
      says: `${member.person.name} is ${roleNames[role].toLowerCase()} now`,
      undo: () => void mutate({ input: { member: member.id, role: member.role } }),
    });
    onEnd();
  };
  return (
    <form onSubmit={send} className="flex flex-col gap-3">
      <RoleChoice value={role} onChange={setRole} withOwner={isOwner} />
      <ProblemNote problem={problem} />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy} disabled={role === member.role}>
          Save the role
        </Button>
      </DialogButtons>
    </form>
  );
}

function ResetLink({ member }: { readonly member: Member }) {
  const { mutate, busy, problem } = useMutate(CreateResetLinkMutation, { refresh: false });
  const [made, setMade] = useState<{ readonly link: string; readonly expiresAt: string } | null>(null);
  const make = async () => {
    // Without an idempotency key: where an answer is lost, another click makes another link.
    const payload = await mutate({ input: { member: member.id } });
    if (payload?.link != null) setMade({ link: payload.link, expiresAt: payload.expiresAt });
  };
  return (
    <section className="flex flex-col gap-2 border-line border-t pt-4">
      <h3 className="font-medium text-base">Forgotten password</h3>
      {made === null ? (
        <>
          <p className="text-muted">
            Make a link by which {member.person.name} chooses a new one. It works once, for 24 hours.
          </p>
          <ProblemNote problem={problem} />
          <Button className="self-start" busy={busy} onClick={() => void make()}>
            Make a link
          </Button>
        </>
      ) : (
        <>
          <p className="text-muted">
            {`Give it to ${member.person.name} alone. It works once, until ${formatMoment(made.expiresAt)}, and is shown only here and now.`}
          </p>
          <CopyLine label="Link for a new password" text={made.link} />
        </>
      )}
    </section>
  );
}
