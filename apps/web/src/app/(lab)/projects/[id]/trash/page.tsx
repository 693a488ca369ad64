import { nodeId } from '#api/route-id.ts';
import { ProjectTrashPage } from '#features/trash/project-trash-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/trash'>) {
  return <ProjectTrashPage id={nodeId((await params).id)} />;
}
