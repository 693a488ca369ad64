'use client';

import { UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { fieldError, otherProblem } from '#api/field-error.ts';
import { useMutate } from '#api/use-mutate.ts';
import { graphql } from '#graphql';
import type { OrganizationRole, ProjectRole } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Dialog, DialogButtons } from '#ui/dialog.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { Select } from '#ui/select.tsx';
import { ShownOnce } from '#ui/shown-once.tsx';
import { ProjectRoleChoice, RoleChoice } from './role-choice.tsx';

const InviteMutation = graphql(`
  mutation Invite($input: InviteInput!) {
    invite(input: $input) {
      ... on InvitePayload { link invitation { id email } }
      ... on UserError { code message cure subject }
    }
  }
`);

export interface InvitePersonProps {
  readonly organization: string;
  /** Those that the viewer may give places in. */
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  /** Whether the viewer may invite into the lab alone; else a project must be named. */
  readonly forLab: boolean;
  readonly isOwner: boolean;
}

/** The button and its dialog; ends with the link that has to be sent. */
export function InvitePerson(props: InvitePersonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button kind="primary" icon={<UserPlus aria-hidden="true" />} onClick={() => setOpen(true)}>
        Invite
      </Button>
      <Dialog open={open} onOpenChange={setOpen} title="Invite somebody">
        {open && <InviteForm {...props} onEnd={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function InviteForm({
  organization,
  projects,
  forLab,
  isOwner,
  onEnd,
}: InvitePersonProps & { readonly onEnd: () => void }) {
  const { mutate, busy, problem } = useMutate(InviteMutation, { once: true });
  const [role, setRole] = useState<OrganizationRole>('MEMBER');
  const [project, setProject] = useState(forLab ? '' : (projects[0]?.id ?? ''));
  const [projectRole, setProjectRole] = useState<ProjectRole>('EDITOR');
  const [made, setMade] = useState<{ readonly email: string; readonly link: string | null } | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = textOf(new FormData(event.currentTarget), 'email');
    const place = project === '' ? {} : { project, projectRole };
    const payload = await mutate({ input: { organization, email, role, ...place } });
    if (payload !== null) setMade({ email: payload.invitation.email, link: payload.link });
  };
  if (made !== null) {
    return (
      <ShownOnce
        says={`Send this link to ${made.email}. It is good for this address alone, works once, for 14 days, and is shown only here and now.`}
        label={`Invitation for ${made.email}`}
        text={made.link}
        lost="The invitation was made, but the answer with its link was lost on the way, and a link is shown only once. Take the invitation back in the list, and make another."
        onEnd={onEnd}
      />
    );
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-4">
      <Field label="E-mail" error={fieldError(problem, 'email')} required>
        <Input name="email" type="email" maxLength={200} autoComplete="off" autoFocus />
      </Field>
      <RoleChoice value={role} onChange={setRole} withOwner={isOwner} />
      {projects.length > 0 && (
        <Field label="Also a place in a project" required={!forLab}>
          <Select value={project} onChange={(event) => setProject(event.target.value)}>
            {forLab && <option value="">None yet</option>}
            {projects.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {project !== '' && <ProjectRoleChoice value={projectRole} onChange={setProjectRole} />}
      <ProblemNote problem={otherProblem(problem, ['email'])} />
      <DialogButtons>
        <Button onClick={onEnd}>Cancel</Button>
        <Button type="submit" kind="primary" busy={busy}>
          Make the invitation
        </Button>
      </DialogButtons>
    </form>
  );
}
