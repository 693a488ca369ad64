import { nodeId } from '#api/route-id.ts';
import { ModelPage } from '#features/model/model-page.tsx';

export default async function Page({ params, searchParams }: PageProps<'/projects/[id]/models/[model]'>) {
  const { id, model } = await params;
  const { version } = await searchParams;
  return (
    <ModelPage
      project={nodeId(id)}
      id={nodeId(model)}
      version={typeof version === 'string' ? nodeId(version) : null}
    />
  );
}
