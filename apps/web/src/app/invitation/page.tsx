import type { Metadata } from 'next';
import { EntryPage } from '#features/account/entry-page.tsx';
import { InvitationPage } from '#features/account/invitation-page.tsx';
import { InAMoment } from '#features/shell/in-a-moment.tsx';
import { PageLoading } from '#features/shell/page-loading.tsx';

export const metadata: Metadata = { title: 'Invitation' };

export default async function Page({ searchParams }: PageProps<'/invitation'>) {
  const { token } = await searchParams;
  const meanwhile = (
    <EntryPage title="Invitation">
      <PageLoading />
    </EntryPage>
  );
  return (
    <InAMoment meanwhile={meanwhile}>
      {() => InvitationPage({ token: typeof token === 'string' ? token : '' })}
    </InAMoment>
  );
}
