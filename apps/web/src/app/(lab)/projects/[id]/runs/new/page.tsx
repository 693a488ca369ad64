import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { NewRunPage } from '#features/training-run/new-run-page.tsx';

export const metadata: Metadata = { title: 'New training' };

export default async function Page({ params }: PageProps<'/projects/[id]/runs/new'>) {
  return <NewRunPage project={nodeId((await params).id)} />;
}
