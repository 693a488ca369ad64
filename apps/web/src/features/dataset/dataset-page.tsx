import Link from 'next/link';
import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { PageHeader } from '#ui/page-header.tsx';
import { Badge } from '#ui/status.tsx';
import { paths } from '../paths.ts';
import { LiveProject } from '../project/live-project.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { DeleteThing } from '../trash/delete-thing.tsx';
import { DatasetQuery } from './dataset-query.ts';
import { DatasetView } from './dataset-view.tsx';
import { modalityNames } from './modality-names.ts';

const DatasetPlaceQuery = graphql(`
  query DatasetPlace($project: ID!, $organization: ID!) {
    project(id: $project) {
      id
      name
      viewerCanEdit
      viewerCanManage
      sharesReceived(first: 50, lentNow: true) { edges { node { id names { lender } dataset { id } } } }
    }
    cellLines(organization: $organization, first: 100) { edges { node { id name colour } } }
  }
`);

/** Pictures: upload them, say what they show, freeze them in a snapshot. */
export async function DatasetPage({
  project: projectId,
  id,
}: {
  readonly project: string;
  readonly id: string;
}) {
  const lab = await currentLab();
  const [{ project, cellLines }, dataset] = await Promise.all([
    read(DatasetPlaceQuery, { project: projectId, organization: lab.id }),
    read(DatasetQuery, { id, after: null }),
  ]);
  if (project === null || dataset.node?.__typename !== 'Dataset') notFound();
  const lender = project.sharesReceived.edges.find(({ node }) => node.dataset?.id === id)?.node.names.lender;
  const { name, modality, pixelSizeUm, foregroundSummary } = dataset.node;
  return (
    <>
      <title>{`${name} – CellMixer`}</title>
      <LiveProject project={projectId} types={['Dataset', 'DatasetVersion', 'Image', 'Sample']} />
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(projectId) },
        ]}
        title={name}
        facts={
          <>
            <Badge>{modalityNames[modality].toLowerCase()}</Badge>
            {lender !== undefined && <Badge>{`lent by ${lender}, read only`}</Badge>}
            {pixelSizeUm !== null && <Badge>{`${pixelSizeUm} µm/px`}</Badge>}
          </>
        }
        actions={
          lender === undefined ? (
            <>
              {dataset.node.viewerCanDelete && (
                <DeleteThing id={id} noun="dataset" name={name} to={paths.project(projectId)} />
              )}
              {project.viewerCanManage && (
                <Link href={paths.sharing(projectId, id)} className={buttonStyle('plain')}>
                  Share
                </Link>
              )}
              {foregroundSummary.pictures > 0 && (
                <Link href={paths.foreground(projectId, id)} className={buttonStyle('plain')}>
                  Check the foreground
                </Link>
              )}
            </>
          ) : project.viewerCanEdit ? (
            <Link href={paths.newRun(projectId)} className={buttonStyle('plain')}>
              Train on it
            </Link>
          ) : undefined
        }
      />
      <DatasetView
        project={projectId}
        id={id}
        initial={dataset}
        lines={cellLines.edges.map(({ node }) => node)}
      />
    </>
  );
}
