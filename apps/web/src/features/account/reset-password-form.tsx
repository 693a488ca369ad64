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

/** Chooses a new password by a link that an admin made. */
export function ResetPasswordForm({ token }: { readonly token: string }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const newPassword = textOf(new FormData(event.currentTarget), 'password');
    setBusy(true);
    const refused = await postAuth('reset-password', { token, newPassword });
    if (refused === null) return location.assign(paths.signIn());
    setProblem(refused.code === 'INVALID_TOKEN' ? OVER : refused);
    setBusy(false);
  };
  return (
    <form method="post" onSubmit={send} className="flex flex-col gap-4">
      <Field label="New password" hint="10 characters or more." required>
        <Input
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={10}
          maxLength={200}
          autoFocus
        />
      </Field>
      <ProblemNote problem={problem} />
      <Button type="submit" kind="primary" busy={busy}>
        Set the password
      </Button>
    </form>
  );
}

const OVER: Problem = {
  code: 'INVALID_TOKEN',
  message: 'This link has been used, or its 24 hours have passed.',
  cure: 'Ask an admin of your lab for a new one.',
  subject: null,
};
