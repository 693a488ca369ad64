import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { currentLab } from '../shell/current-lab.ts';
import { SegmentationRunQuery } from './segmentation-run-query.ts';
import { SegmentationRunView } from './segmentation-run-view.tsx';

const SegmentationProjectQuery = graphql(`
  query SegmentationProject($id: ID!) {
    project(id: $id) { id name viewerCanEdit }
  }
`);

/** A segmentation run as it goes, and what it has found. */
export async function SegmentationRunPage({
  project: projectId,
  id,
}: {
  readonly project: string;
  readonly id: string;
}) {
  const [lab, { project }, run] = await Promise.all([
    currentLab(),
    read(SegmentationProjectQuery, { id: projectId }),
    read(SegmentationRunQuery, { id }),
  ]);
  if (project === null || run.node?.__typename !== 'SegmentationRun') notFound();
  return (
    <>
      <title>{`Segmentation by ${run.node.modelVersion.model.name} – CellMixer`}</title>
      <SegmentationRunView project={project} lab={lab.name} id={id} initial={run} />
    </>
  );
}
