import type { Metadata } from 'next';
import { EntryPage } from '#features/account/entry-page.tsx';
import { SignInForm } from '#features/account/sign-in-form.tsx';
import { wayBack } from '#features/account/way-back.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { to } = await searchParams;
  return (
    <EntryPage title="Sign in">
      <SignInForm then={wayBack(typeof to === 'string' ? to : undefined)} />
    </EntryPage>
  );
}
