import { nodeId } from '#api/route-id.ts';
import { ProjectPeoplePage } from '#features/person/project-people-page.tsx';

export default async function Page({ params }: PageProps<'/projects/[id]/people'>) {
  return <ProjectPeoplePage id={nodeId((await params).id)} />;
}
