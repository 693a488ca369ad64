import Link from 'next/link';
import { redirect } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { buttonStyle } from '#ui/button.tsx';
import { formatCount, formatDate } from '#ui/format.ts';
import { PageHeader, Section } from '#ui/page-header.tsx';
import { Badge } from '#ui/status.tsx';
import { modalityNames } from '../dataset/modality-names.ts';
import { PopulationBar } from '../dataset/population-bar.tsx';
import { paths } from '../paths.ts';
import { LinkOver } from './link-over.tsx';
import { ReviewFrame } from './review-frame.tsx';
import { ReviewPicture } from './review-picture.tsx';

const ReviewQuery = graphql(`
  query Review($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on Dataset {
        id
        name
        modality
        pixelSizeUm
        project { id }
        imageCounts {
          total
          byPopulation { kind images cellLine { id name colour } }
        }
        images(first: 60, after: $after) {
          edges { node { id ...ReviewPicture_image } }
          pageInfo { hasNextPage endCursor }
        }
        versions(first: 20) { edges { node { id number createdAt populations { name images } } } }
      }
    }
  }
`);

export interface ReviewPageProps {
  readonly id: string;
  readonly after: string | null;
}

/** One dataset for who holds a reviewer's link: its pictures and what they show, nothing of its lab. */
export async function ReviewPage({ id, after }: ReviewPageProps) {
  const { node: dataset } = await read(ReviewQuery, { id, after });
  if (dataset?.__typename !== 'Dataset') return <LinkOver />;
  // People of the lab, who see more.
  if (dataset.project !== null) redirect(paths.dataset(dataset.project.id, dataset.id));
  const { images, versions } = dataset;
  return (
    <ReviewFrame title={dataset.name}>
      <PageHeader
        title={dataset.name}
        facts={
          <>
            <Badge>{modalityNames[dataset.modality].toLowerCase()}</Badge>
            {dataset.pixelSizeUm !== null && <Badge>{`${dataset.pixelSizeUm} µm/px`}</Badge>}
            <Badge>for reviewers, read only</Badge>
          </>
        }
        says={`${formatCount(dataset.imageCounts.total, 'picture')}, each with the lab’s label.`}
      />
      <PopulationBar counts={dataset.imageCounts} />
      <Section title="Pictures">
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
          {images.edges.map(({ node }) => (
            <li key={node.id}>
              <ReviewPicture dataset={id} image={node} />
            </li>
          ))}
        </ul>
        <p className="mt-4 flex gap-2">
          {after !== null && (
            <Link href={paths.reviewed(id)} className={buttonStyle('plain')}>
              To the first
            </Link>
          )}
          {images.pageInfo.hasNextPage && images.pageInfo.endCursor !== null && (
            <Link href={paths.reviewed(id, images.pageInfo.endCursor)} className={buttonStyle('plain')}>
              Next pictures
            </Link>
          )}
        </p>
      </Section>
      {versions.edges.length > 0 && (
        <Section title="Snapshots">
          <ul className="hairline divide-y divide-line rounded-ui bg-surface">
            {versions.edges.map(({ node }) => (
              <li key={node.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-base">
                <span className="font-medium">{`Snapshot ${node.number}`}</span>
                <span className="text-muted">{formatDate(node.createdAt)}</span>
                <span>
                  {node.populations
                    .map(({ name, images }) => `${name ?? 'mixtures and others'} ${images}`)
                    .join(' · ')}
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </ReviewFrame>
  );
}
