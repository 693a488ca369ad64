'use client';

import { Button } from '#ui/button.tsx';
import { postAuth } from './post-auth.ts';

/** Signs out, then goes on to an address of the portal. */
export function SignOutButton({ to, children }: { readonly to: string; readonly children: string }) {
  const leave = async () => {
    await postAuth('sign-out', {});
    location.assign(to);
  };
  return <Button onClick={() => void leave()}>{children}</Button>;
}
