import { nodeId } from '#api/route-id.ts';
import { ProjectPage } from '#features/project/project-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]'>) {
  return <ProjectPage id={nodeId((await params).id)} />;
}
