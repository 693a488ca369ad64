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

/** Makes the first account with its lab, then signs in. */
export function FirstAccountForm({ token }: { readonly token: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [email, password] = [textOf(form, 'email'), textOf(form, 'password')];
    setBusy(true);
    setProblem(null);
    const refused =
      (await postAuth('first-account', {
        token,
        email,
        password,
        name: textOf(form, 'name'),
        organization: textOf(form, 'organization'),
      })) ?? (await postAuth('sign-in/email', { email, password }));
    if (refused === null) return location.assign(paths.home());
    setProblem(refused);
    setBusy(false);
  };
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <Field label="Your name" required>
        <Input name="name" autoComplete="name" maxLength={100} autoFocus />
      </Field>
      <Field label="Lab" hint="Shown to its people and to those it shares with." required>
        <Input name="organization" autoComplete="organization" maxLength={100} />
      </Field>
      <Field label="E-mail" required>
        <Input name="email" type="email" autoComplete="username" maxLength={200} />
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
