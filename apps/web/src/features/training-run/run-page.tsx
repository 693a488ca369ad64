import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { currentLab } from '../shell/current-lab.ts';
import { RunLogQuery } from './run-log-query.ts';
import { RunPicturesQuery } from './run-pictures-query.ts';
import { RunQuery } from './run-query.ts';
import { RunView } from './run-view.tsx';

const RunProjectQuery = graphql(`
  query RunProject($id: ID!) {
    project(id: $id) { id name viewerCanEdit }
  }
`);

/** A training as it runs, and as it was. */
export async function RunPage({ project: projectId, id }: { readonly project: string; readonly id: string }) {
  const [lab, { project }, run, pictures, log] = await Promise.all([
    currentLab(),
    read(RunProjectQuery, { id: projectId }),
    read(RunQuery, { id }),
    read(RunPicturesQuery, { id }),
    read(RunLogQuery, { id, after: 0 }),
  ]);
  if (project === null || run.node?.__typename !== 'TrainingRun') notFound();
  return (
    <>
      <title>{`${run.node.name} – CellMixer`}</title>
      <RunView project={project} lab={lab.name} id={id} initial={run} pictures={pictures} log={log} />
    </>
  );
}
