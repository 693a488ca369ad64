import Link from 'next/link';
import { buttonStyle } from '#ui/button.tsx';
import { paths } from '../paths.ts';
import { roleOffers } from '../person/role-words.ts';
import { EntryPage } from './entry-page.tsx';
import { InvitedAccountForm } from './invited-account-form.tsx';
import { JoinLab } from './join-lab.tsx';
import { readInvitation, readSignedIn } from './read-invitation.ts';
import { SignOutButton } from './sign-out-button.tsx';

/** Behind an invitation's link: makes an account, or joins with the one that is there. */
export async function InvitationPage({ token }: { readonly token: string }) {
  const invitation = token === '' ? null : await readInvitation(token);
  if (invitation === null) {
    return (
      <EntryPage
        title="This invitation is over"
        says="It has been used or taken back, or its 14 days have passed. Whoever sent it can make a new one."
      >
        <Link href={paths.signIn()} className={buttonStyle('plain')}>
          Sign in instead
        </Link>
      </EntryPage>
    );
  }
  const { email, role, organization, hasAccount } = invitation;
  const title = `${organization} invites you`;
  const place = roleOffers[role];
  if (!hasAccount) {
    return (
      <EntryPage title={title} says={`${place} Choose a password for your account ${email}.`}>
        <InvitedAccountForm token={token} email={email} />
      </EntryPage>
    );
  }
  const here = paths.invitation(token);
  const signedIn = await readSignedIn();
  if (signedIn === null) {
    return (
      <EntryPage
        title={title}
        says={`${place} You have an account as ${email}: sign in, and you are asked again.`}
      >
        <Link href={paths.signIn(here)} className={buttonStyle('primary')}>
          Sign in
        </Link>
      </EntryPage>
    );
  }
  if (signedIn !== email) {
    return (
      <EntryPage title={title} says={`The invitation is for ${email}, and you are signed in as ${signedIn}.`}>
        <SignOutButton to={paths.signIn(here)}>{`Sign in as ${email}`}</SignOutButton>
      </EntryPage>
    );
  }
  return (
    <EntryPage title={title} says={place}>
      <JoinLab token={token} organization={organization} />
    </EntryPage>
  );
}
