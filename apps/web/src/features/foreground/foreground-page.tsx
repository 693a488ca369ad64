import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader } from '#ui/page-header.tsx';
import { paths } from '../paths.ts';
import { currentLab } from '../shell/current-lab.ts';
import { ContactSheet } from './contact-sheet.tsx';
import { ForegroundQuery } from './foreground-query.ts';

const ForegroundPlaceQuery = graphql(`
  query ForegroundPlace($project: ID!) {
    project(id: $project) { id name }
  }
`);

/** Whether the cells of the pure cultures were found: look, tune, accept. */
export async function ForegroundPage({
  project: projectId,
  id,
}: {
  readonly project: string;
  readonly id: string;
}) {
  const [lab, { project }, data] = await Promise.all([
    currentLab(),
    read(ForegroundPlaceQuery, { project: projectId }),
    read(ForegroundQuery, { id }),
  ]);
  if (project === null || data.node?.__typename !== 'Dataset') notFound();
  return (
    <>
      <title>{`Foreground of ${data.node.name} – CellMixer`}</title>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(projectId) },
          { label: data.node.name, href: paths.dataset(projectId, id) },
        ]}
        title="Foreground"
        says="What was found to be cell in the pure cultures, without anybody drawing. A model learns from exactly these pixels."
      />
      <ContactSheet id={id} dataset={paths.dataset(projectId, id)} initial={data} />
    </>
  );
}
