import Link from 'next/link';
import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { PageHeader } from '#ui/page-header.tsx';
import { Badge, Status } from '#ui/status.tsx';
import { paths } from '../paths.ts';
import { RunStatus } from '../run/run-status.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { Neighbours } from './neighbours.tsx';
import { SegmentationView } from './segmentation-view.tsx';

const SegmentationQuery = graphql(`
  query Segmentation($id: ID!, $project: ID!) {
    project(id: $project) { id name }
    node(id: $id) {
      __typename
      ... on Segmentation {
        id
        status
        warnings
        errorMessage
        errorCure
        correctionRevision
        image { id name sample { id name } }
        modelVersion { id number model { id name } }
        ...SegmentationView_segmentation
      }
    }
  }
`);

const SegmentationNeighboursQuery = graphql(`
  query SegmentationNeighbours($run: ID!, $segmentation: ID!) {
    node(id: $run) {
      __typename
      ... on SegmentationRun {
        id
        place(segmentation: $segmentation) { before { id } after { id } place total }
      }
    }
  }
`);

export interface SegmentationPageProps {
  readonly project: string;
  readonly id: string;
  /** The run that it is looked at from; null where it was opened by itself. */
  readonly run: string | null;
  /** Where and how the viewer looks at first. */
  readonly link: string;
}

/** A picture and what a model found in it. */
export async function SegmentationPage({ project: projectId, id, run, link }: SegmentationPageProps) {
  const [lab, { project, node }, around] = await Promise.all([
    currentLab(),
    read(SegmentationQuery, { id, project: projectId }),
    run === null ? null : read(SegmentationNeighboursQuery, { run, segmentation: id }),
  ]);
  if (project === null || node?.__typename !== 'Segmentation') notFound();
  const name = node.image?.name ?? 'Withdrawn image';
  const walk = around?.node?.__typename === 'SegmentationRun' ? around.node.place : null;
  const address = (other: { readonly id: string } | null) =>
    other === null ? null : paths.segmentation(projectId, other.id, run ?? undefined);
  return (
    <>
      <title>{`${name} – CellMixer`}</title>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(projectId) },
          ...(run === null
            ? []
            : [
                {
                  label: `Segmentation by ${node.modelVersion.model.name} v${node.modelVersion.number}`,
                  href: paths.segmentationRun(projectId, run),
                },
              ]),
        ]}
        title={name}
        facts={
          <>
            <RunStatus status={node.status} />
            <Badge>{`${node.modelVersion.model.name} v${node.modelVersion.number}`}</Badge>
            {node.image?.sample != null && <Badge>{node.image.sample.name}</Badge>}
            {node.image !== null && (
              <Link
                href={paths.image(projectId, node.image.id)}
                className="text-link text-sm underline-offset-3 hover:underline"
              >
                The image
              </Link>
            )}
            {node.correctionRevision > 0 && <Badge>{`corrections ${node.correctionRevision}`}</Badge>}
          </>
        }
        actions={
          walk !== null && walk.total > 1 ? (
            <Neighbours
              label="Images of this run"
              before={address(walk.before)}
              after={address(walk.after)}
              says={`${walk.place.toLocaleString('en-GB')} of ${walk.total.toLocaleString('en-GB')}`}
            />
          ) : undefined
        }
      />
      {node.warnings.length > 0 && (
        <ul className="mb-4 text-sm">
          {node.warnings.map((words) => (
            <li key={words}>
              <Status tone="care">{words}</Status>
            </li>
          ))}
        </ul>
      )}
      {node.status === 'FAILED' && (
        <div role="alert" className="mb-6 max-w-3xl rounded-ui border border-bad/40 bg-bad/5 px-4 py-3">
          <p className="font-semibold text-bad text-base">This image was not segmented</p>
          <p className="mt-1 text-base">{node.errorMessage ?? 'No reason was given.'}</p>
          {node.errorCure !== null && <p className="mt-1 text-muted text-sm">{node.errorCure}</p>}
        </div>
      )}
      <SegmentationView key={id} segmentation={node} link={link} />
    </>
  );
}
