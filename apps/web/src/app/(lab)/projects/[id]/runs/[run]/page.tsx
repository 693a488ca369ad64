import { nodeId } from '#api/route-id.ts';
import { RunPage } from '#features/training-run/run-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/runs/[run]'>) {
  const { id, run } = await params;
  return <RunPage project={nodeId(id)} id={nodeId(run)} />;
}
