import { nodeId } from '#api/route-id.ts';
import { DatasetPage } from '#features/dataset/dataset-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/datasets/[dataset]'>) {
  const { id, dataset } = await params;
  return <DatasetPage project={nodeId(id)} id={nodeId(dataset)} />;
}
