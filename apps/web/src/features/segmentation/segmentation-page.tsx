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
import { neighboursOf } from './neighbours-of.ts';
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
  query SegmentationNeighbours($run: ID!) {
    node(id: $run) {
      __typename
      ... on SegmentationRun {
        id
        segmentations(first: 100, status: [SUCCEEDED]) { edges { node { id uncertainty } } }
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
    run === null ? null : read(SegmentationNeighboursQuery, { run }),
  ]);
  if (project === null || node?.__typename !== 'Segmentation') notFound();
  const name = node.image?.name ?? 'Withdrawn image';
  const all =
    around?.node?.__typename === 'SegmentationRun'
      ? around.node.segmentations.edges.map((edge) => edge.node)
      : [];
  const { before, after, place, total } = neighboursOf(all, id);
  const address = (other: string | null) =>
    other === null ? null : paths.segmentation(projectId, other, run ?? undefined);
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
          total > 1 ? (
            <Neighbours
              label="Images of this run"
              before={address(before)}
              after={address(after)}
              says={`${place} of ${total}`}
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
