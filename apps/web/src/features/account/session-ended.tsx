'use client';

import { lazy, Suspense } from 'react';
import { useSignInAgain } from '#api/sign-in-again.ts';

const SignInDialog = lazy(() => import('./sign-in-dialog.tsx'));

/** Asks whoever's session has ended to sign in, over the page: nothing that is filled in or on its way is lost. */
export function SessionEnded({ email }: { readonly email: string | null }) {
  const ended = useSignInAgain();
  return <Suspense>{ended && <SignInDialog email={email} />}</Suspense>;
}
