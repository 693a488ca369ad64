'use client';

import { type FormEvent, useState } from 'react';
import type { Problem } from '#api/problem.ts';
import { Button } from '#ui/button.tsx';
import { Field } from '#ui/field.tsx';
import { textOf } from '#ui/form-text.ts';
import { Input } from '#ui/input.tsx';
import { ProblemNote } from '#ui/problem-note.tsx';
import { postAuth } from './post-auth.ts';

export interface SignInFormProps {
  /** Who is meant, where that is known. */
  readonly email?: string | undefined;
  /** What comes next: a path, by a full load, since the server renders for who is signed in now. */
  readonly then: string | ((email: string) => void);
}

export function SignInForm({ email, then }: SignInFormProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    const given = textOf(form, 'email');
    const refused = await postAuth('sign-in/email', { email: given, password: textOf(form, 'password') });
    if (refused === null) return typeof then === 'string' ? location.assign(then) : then(given);
    setProblem(
      refused.code === 'INVALID_EMAIL_OR_PASSWORD' || refused.code === 'INVALID_EMAIL' ? WRONG : refused,
    );
    setBusy(false);
  };
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <Field label="E-mail" required>
        <Input
          name="email"
          type="email"
          autoComplete="username"
          defaultValue={email}
          autoFocus={email === undefined}
        />
      </Field>
      <Field label="Password" required>
        <Input
          name="password"
          type="password"
          autoComplete="current-password"
          autoFocus={email !== undefined}
        />
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
