import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { currentLab } from '../shell/current-lab.ts';
import { ComparisonQuery } from './comparison-query.ts';
import { ComparisonView } from './comparison-view.tsx';

const ComparisonProjectQuery = graphql(`
  query ComparisonProject($id: ID!) {
    project(id: $id) { id name viewerCanEdit }
  }
`);

/** Models side by side on the same images. */
export async function ComparisonPage({
  project: projectId,
  id,
}: {
  readonly project: string;
  readonly id: string;
}) {
  const [lab, { project }, comparison] = await Promise.all([
    currentLab(),
    read(ComparisonProjectQuery, { id: projectId }),
    read(ComparisonQuery, { id }),
  ]);
  if (project === null || comparison.node?.__typename !== 'Comparison') notFound();
  return (
    <>
      <title>{`${comparison.node.name} – CellMixer`}</title>
      <ComparisonView project={project} lab={lab.name} id={id} initial={comparison} />
    </>
  );
}
