import type { Metadata } from 'next';
import { InvitationPage } from '#features/account/invitation-page.tsx';

export const metadata: Metadata = { title: 'Invitation' };

export default async function Page({ searchParams }: PageProps<'/invitation'>) {
  const { token } = await searchParams;
  return <InvitationPage token={typeof token === 'string' ? token : ''} />;
}
