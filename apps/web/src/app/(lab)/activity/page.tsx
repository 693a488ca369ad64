import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { ActivityPage } from '#features/activity/activity-page.tsx';

export const metadata: Metadata = { title: 'Activity' };

export default async function Page({ searchParams }: PageProps<'/activity'>) {
  const { project, after } = await searchParams;
  return (
    <ActivityPage
      project={typeof project === 'string' && project !== '' ? nodeId(project) : null}
      after={typeof after === 'string' ? after : null}
    />
  );
}
