'use client';

import { type FormEvent, useState } from 'react';
import type { Problem } from '#api/problem.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { postAuth } from './post-auth.ts';

export function SignInForm({ to }: { readonly to: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const refused = await postAuth('sign-in/email', {
      email: textOf(form, 'email'),
      password: textOf(form, 'password'),
    });
    // A full load: the server renders for who is signed in now.
    if (refused === null) return location.assign(to);
    setProblem(
      refused.code === 'INVALID_EMAIL_OR_PASSWORD' || refused.code === 'INVALID_EMAIL' ? WRONG : refused,
    );
    setBusy(false);
  };
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <Field label="E-mail" required>
        <Input name="email" type="email" autoComplete="username" autoFocus />
      </Field>
      <Field label="Password" required>
        <Input name="password" type="password" autoComplete="current-password" />
      </Field>
      <ProblemNote problem={problem} />
      <Button type="submit" kind="primary" busy={busy}>
        Sign in
      </Button>
    </form>
  );
}

const WRONG: Problem = {
  code: 'INVALID_EMAIL_OR_PASSWORD',
  message: 'E-mail and password do not go together.',
  cure: 'Check both.',
  subject: null,
};
