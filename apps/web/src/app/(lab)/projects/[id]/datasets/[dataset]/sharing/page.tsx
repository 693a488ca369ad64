import { nodeId } from '#api/route-id.ts';
import { DatasetSharingPage } from '#features/share/dataset-sharing-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/datasets/[dataset]/sharing'>) {
  const { id, dataset } = await params;
  return <DatasetSharingPage project={nodeId(id)} id={nodeId(dataset)} />;
}
