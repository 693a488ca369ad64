import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { SharePage } from '#features/share/share-page.tsx';

export const metadata: Metadata = { title: 'An offer' };

export default async function Page({ params }: PageProps<'/shares/[share]'>) {
  return <SharePage id={nodeId((await params).share)} />;
}
