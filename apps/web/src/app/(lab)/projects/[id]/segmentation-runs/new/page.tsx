import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { NewSegmentationPage } from '#features/segmentation-run/new-segmentation-page.tsx';

export const metadata: Metadata = { title: 'New segmentation' };

export default async function Page({ params }: PageProps<'/projects/[id]/segmentation-runs/new'>) {
  return <NewSegmentationPage project={nodeId((await params).id)} />;
}
