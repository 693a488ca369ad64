import { nodeId } from '#api/route-id.ts';
import { ModelPage } from '#features/model/model-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/models/[model]'>) {
  const { id, model } = await params;
  return <ModelPage project={nodeId(id)} id={nodeId(model)} />;
}
