'use client';

import { type FormEvent, useState } from 'react';
import type { Problem } from '#api/problem.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { paths } from '../paths.ts';
import { postAuth } from './post-auth.ts';

/** Makes the account of somebody who was invited, then signs in. */
export function InvitedAccountForm({ token, email }: { readonly token: string; readonly email: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = textOf(form, 'password');
    setBusy(true);
    setProblem(null);
    const refused =
      (await postAuth('accept-invitation', { token, name: textOf(form, 'name'), password })) ??
      (await postAuth('sign-in/email', { email, password }));
    if (refused === null) return location.assign(paths.home());
    setProblem(refused);
    setBusy(false);
  };
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <input type="hidden" name="email" autoComplete="username" value={email} />
      <Field label="Your name" required>
        <Input name="name" autoComplete="name" maxLength={100} autoFocus />
      </Field>
      <Field label="Password" hint="10 characters or more." required>
        <Input name="password" type="password" autoComplete="new-password" minLength={10} maxLength={200} />
      </Field>
      <ProblemNote problem={problem} />
      <Button type="submit" kind="primary" busy={busy}>
        Make the account
      </Button>
    </form>
  );
}
