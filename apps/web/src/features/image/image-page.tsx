import Link from 'next/link';
import { notFound } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { formatCount } from '#ui/format.ts';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { Badge, Status } from '#ui/status.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { DownloadLink } from '../download/download-link.tsx';
import { paths } from '../paths.ts';
import { Neighbours } from '../segmentation/neighbours.tsx';
import { currentLab } from '../shell/current-lab.ts';
import { DeleteThing } from '../trash/delete-thing.tsx';
import { ImageFacts } from './image-facts.tsx';
import { ImageForeground } from './image-foreground.tsx';
import { ImageSegmentations } from './image-segmentations.tsx';
import { ImageTruth } from './image-truth.tsx';
import { ImageView } from './image-view.tsx';

const ImageQuery = graphql(`
  query Image($id: ID!, $project: ID!, $organization: ID!) {
    project(id: $project) { id name }
    node(id: $id) {
      __typename
      ... on Image {
        id
        name
        status
        errorMessage
        errorCure
        originalUrl
        sample { id name }
        cellLines { id name colour }
        datasetId
        cursor
        viewerCanDelete
        ...ImageView_image
        ...ImageFacts_image
        ...ImageForeground_image
        ...ImageSegmentations_image
        ...ImageTruth_image
      }
    }
    cellLines(organization: $organization, first: 100) { edges { node { id name } } }
  }
`);

const ImageNeighboursQuery = graphql(`
  query ImageNeighbours($dataset: ID!, $at: String!) {
    node(id: $dataset) { __typename ... on Dataset { id name viewerCanEdit imageCounts { total } } }
    newer: images(dataset: $dataset, last: 1, before: $at) { edges { node { id } } }
    older: images(dataset: $dataset, first: 1, after: $at) { edges { node { id } } }
  }
`);

export interface ImagePageProps {
  readonly project: string;
  readonly id: string;
  /** Where and how the viewer looks at first. */
  readonly link: string;
}

/** One picture: itself, what is known of it, and what was found in it. */
export async function ImagePage({ project: projectId, id, link }: ImagePageProps) {
  const lab = await currentLab();
  const { project, node, cellLines } = await read(ImageQuery, {
    id,
    project: projectId,
    organization: lab.id,
  });
  if (project === null || node?.__typename !== 'Image') notFound();
  const around = await read(ImageNeighboursQuery, { dataset: node.datasetId, at: node.cursor });
  const dataset = around.node?.__typename === 'Dataset' ? around.node : null;
  const address = ({ edges: [edge] }: typeof around.newer) =>
    edge === undefined ? null : paths.image(projectId, edge.node.id);
  const [before, after] = [address(around.newer), address(around.older)];
  const lines = node.cellLines;
  return (
    <>
      <title>{`${node.name} – CellMixer`}</title>
      <PageHeader
        path={[
          { label: lab.name, href: paths.home() },
          { label: project.name, href: paths.project(projectId) },
          ...(dataset === null ? [] : [{ label: dataset.name, href: paths.dataset(projectId, dataset.id) }]),
        ]}
        title={node.name}
        facts={
          <>
            {node.status === 'INGESTING' && <Status tone="running">Being read</Status>}
            {node.status === 'FAILED' && <Status tone="bad">Cannot be read</Status>}
            {node.sample === null ? <Badge>not labelled</Badge> : <Badge>{node.sample.name}</Badge>}
            {lines.map(({ id: line, name, colour }) => (
              <span key={line} className="flex items-center gap-1.5 text-sm">
                <Swatch colour={colour} />
                {name}
              </span>
            ))}
          </>
        }
        actions={
          <>
            {(before !== null || after !== null) && (
              <Neighbours
                label="Images of this dataset"
                before={before}
                after={after}
                says={dataset === null ? '' : formatCount(dataset.imageCounts.total, 'image')}
              />
            )}
            {dataset !== null && node.viewerCanDelete && (
              <DeleteThing
                id={id}
                noun="picture"
                name={node.name}
                to={paths.dataset(projectId, dataset.id)}
              />
            )}
            {node.originalUrl !== null && (
              <DownloadLink of={id} href={node.originalUrl} className={buttonStyle('plain')}>
                Download the file
              </DownloadLink>
            )}
          </>
        }
      />
      {node.status === 'FAILED' && (
        <div role="alert" className="mb-6 max-w-3xl rounded-ui border border-bad/40 bg-bad/5 px-4 py-3">
          <p className="font-semibold text-bad text-base">This picture cannot be read</p>
          <p className="mt-1 text-base">{node.errorMessage ?? 'No reason was given.'}</p>
          {node.errorCure !== null && <p className="mt-1 text-base">{node.errorCure}</p>}
        </div>
      )}
      <div className="mb-8 grid gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <ImageView key={id} image={node} link={link} />
        <ImageFacts image={node} />
      </div>
      <Section
        title="Foreground"
        actions={
          dataset !== null &&
          lines.length === 1 && (
            <Link
              href={paths.foreground(projectId, dataset.id)}
              className="text-link text-sm underline-offset-3 hover:underline"
            >
              Tune it for the dataset
            </Link>
          )
        }
      >
        <ImageForeground image={node} mixed={lines.length > 1} />
      </Section>
      <Section title="What models found here">
        <ImageSegmentations project={projectId} image={node} />
      </Section>
      <Section title="Ground truth">
        <ImageTruth
          key={id}
          project={projectId}
          dataset={dataset}
          image={node}
          sampleLines={lines.map((line) => line.id)}
          lines={cellLines.edges.map((edge) => edge.node)}
        />
      </Section>
    </>
  );
}
