'use client';

import { useRouter } from 'next/navigation';
import { endSignInAgain } from '#api/sign-in-again.ts';
import { Dialog } from '#ui/dialog.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** The question itself; its code comes when it is asked. */
export default function SignInDialog({ email }: { readonly email: string | null }) {
  const router = useRouter();
  const goOn = (given: string) => {
    // Somebody else sees another lab: nothing of this page is theirs.
    if (email !== null && given.trim().toLowerCase() !== email.toLowerCase()) return location.reload();
    endSignInAgain(true);
    router.refresh();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => open || endSignInAgain(false)}
      title="Sign in again"
      says="You have been signed out. Nothing on this page is lost: sign in, and it goes on where it was."
    >
      <SignInForm email={email ?? undefined} then={goOn} />
    </Dialog>
  );
}
