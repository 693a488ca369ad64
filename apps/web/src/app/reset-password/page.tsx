import type { Metadata } from 'next';
import { EntryPage } from '#features/account/entry-page.tsx';
import { ResetPasswordForm } from '#features/account/reset-password-form.tsx';

export const metadata: Metadata = { title: 'New password' };

export default async function Page({ searchParams }: PageProps<'/reset-password'>) {
  const { token } = await searchParams;
  return (
    <EntryPage title="New password" says="You are signed out everywhere, and sign in with the new one.">
      <ResetPasswordForm token={typeof token === 'string' ? token : ''} />
    </EntryPage>
  );
}
