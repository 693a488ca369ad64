import { nodeId } from '#api/route-id.ts';
import { SegmentationRunPage } from '#features/segmentation-run/segmentation-run-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/segmentation-runs/[run]'>) {
  const { id, run } = await params;
  return <SegmentationRunPage project={nodeId(id)} id={nodeId(run)} />;
}
