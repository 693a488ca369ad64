import Link from 'next/link';
import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { readProjects } from '../project/read-projects.ts';
import { currentLab } from '../shell/current-lab.ts';
import { TrashTable } from './trash-table.tsx';

const LabTrashQuery = graphql(`
  query LabTrash($organization: ID!) {
    organization(id: $organization) {
      id
      trash(first: 100) { edges { node { id ...TrashTable_trashItem } } }
    }
  }
`);

/** Projects and cell lines that were deleted; each project keeps what was deleted in it. */
export async function LabTrashPage() {
  const lab = await currentLab();
  const [{ organization }, all] = await Promise.all([
    read(LabTrashQuery, { organization: lab.id }),
    readProjects(lab.id),
  ]);
  if (organization === null) notFound();
  const projects = all.filter(({ viewerCanEdit }) => viewerCanEdit);
  return (
    <>
      <PageHeader
        title="Trash"
        says="What is deleted is hidden at once and can be restored for 30 days. Then its files are removed for good, and the lab has their room again."
      />
      <Section title="Projects and cell lines">
        <TrashTable items={organization.trash.edges.map(({ node }) => node)} />
      </Section>
      {projects.length > 0 && (
        <Section title="Deleted in a project">
          <ul className="flex flex-wrap gap-x-5 gap-y-2 text-base">
            {projects.map(({ id, name }) => (
              <li key={id}>
                <Link href={paths.projectTrash(id)} className="text-link hover:underline">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
