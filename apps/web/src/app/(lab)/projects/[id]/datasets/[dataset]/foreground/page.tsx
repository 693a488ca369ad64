import { nodeId } from '#api/route-id.ts';
import { ForegroundPage } from '#features/foreground/foreground-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/datasets/[dataset]/foreground'>) {
  const { id, dataset } = await params;
  return <ForegroundPage project={nodeId(id)} id={nodeId(dataset)} />;
}
