import type { Metadata } from 'next';
import { nodeId } from '#api/route-id.ts';
import { NewSegmentationPage } from '#features/segmentation-run/new-segmentation-page.tsx';

export const metadata: Metadata = { title: 'New segmentation' };

export default async function Page({
  params,
  searchParams,
}: PageProps<'/projects/[id]/segmentation-runs/new'>) {
  const { model } = await searchParams;
  return (
    <NewSegmentationPage
      project={nodeId((await params).id)}
      model={typeof model === 'string' ? nodeId(model) : null}
    />
  );
}
