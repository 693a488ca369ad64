import type { Metadata } from 'next';
import Link from 'next/link';
import { EntryPage } from '#features/account/entry-page.tsx';
import { FirstAccountForm } from '#features/account/first-account-form.tsx';
import { paths } from '#features/paths.ts';
import { buttonStyle } from '#ui/button.tsx';

export const metadata: Metadata = { title: 'First account' };

export default async function FirstAccountPage({ searchParams }: PageProps<'/first-account'>) {
  const { token } = await searchParams;
  if (typeof token !== 'string' || token === '') {
    return (
      <EntryPage
        title="The address is not whole"
        says="The server prints it at its start, with a token at its end. Copy the whole line."
      >
        <Link href={paths.signIn()} className={buttonStyle('plain')}>
          Sign in instead
        </Link>
      </EntryPage>
    );
  }
  return (
    <EntryPage
      title="The first account"
      says="It owns the server and its first lab. Others are invited from there."
    >
      <FirstAccountForm token={token} />
    </EntryPage>
  );
}
