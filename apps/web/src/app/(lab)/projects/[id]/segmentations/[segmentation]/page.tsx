import { nodeId } from '#api/route-id.ts';
import { SegmentationPage } from '#features/segmentation/segmentation-page.tsx';

export default async function Page({
  params,
  searchParams,
}: PageProps<'/projects/[id]/segmentations/[segmentation]'>) {
  const { id, segmentation } = await params;
  const { run, v } = await searchParams;
  return (
    <SegmentationPage
      project={nodeId(id)}
      id={nodeId(segmentation)}
      run={typeof run === 'string' ? nodeId(run) : null}
      link={typeof v === 'string' ? v : ''}
    />
  );
}
