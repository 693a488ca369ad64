import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { currentLab } from '../shell/current-lab.ts';
import { TrashTable } from './trash-table.tsx';

const ProjectTrashQuery = graphql(`
  query ProjectTrash($id: ID!) {
    project(id: $id) { id name trash(first: 100) { edges { node { id ...TrashTable_trashItem } } } }
  }
`);

/** What was deleted in a project. */
export async function ProjectTrashPage({ id }: { readonly id: string }) {
  const lab = await currentLab();
  const { project } = await read(ProjectTrashQuery, { id });
  if (project === null) notFound();
  return (
    <>
      <title>{`Trash of ${project.name} – CellMixer`}</title>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(id) },
        ]}
        title="Trash"
        says="What was deleted in this project can be restored for 30 days. Then its files are removed for good."
      />
      <TrashTable items={project.trash.edges.map(({ node }) => node)} />
    </>
  );
}
