import { redirect } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { formatCount } from '#ui/format.ts';
import { PageHeader } from '#ui/page-header.tsx';
import { Badge } from '#ui/status.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { ImageFacts } from '../image/image-facts.tsx';
import { ImageView } from '../image/image-view.tsx';
import { paths } from '../paths.ts';
import { Neighbours } from '../segmentation/neighbours.tsx';
import { LinkOver } from './link-over.tsx';
import { ReviewFrame } from './review-frame.tsx';

const ReviewImageQuery = graphql(`
  query ReviewImage($dataset: ID!, $image: ID!) {
    dataset: node(id: $dataset) {
      __typename
      ... on Dataset {
        id
        name
        project { id }
        imageCounts { total }
      }
    }
    node(id: $image) {
      __typename
      ... on Image {
        id
        name
        cursor
        cellLines { id name colour }
        ...ImageView_image
        ...ImageFacts_image
      }
    }
  }
`);

const ReviewNeighboursQuery = graphql(`
  query ReviewNeighbours($dataset: ID!, $at: String!) {
    node(id: $dataset) {
      __typename
      ... on Dataset {
        id
        newer: images(last: 1, before: $at) { edges { node { id } } }
        older: images(first: 1, after: $at) { edges { node { id } } }
      }
    }
  }
`);

export interface ReviewImagePageProps {
  readonly dataset: string;
  readonly id: string;
  /** Where and how the viewer looks at first. */
  readonly link: string;
}

/** One picture in full for who holds a reviewer's link to its dataset. */
export async function ReviewImagePage({ dataset: datasetId, id, link }: ReviewImagePageProps) {
  const { dataset, node } = await read(ReviewImageQuery, { dataset: datasetId, image: id });
  if (dataset?.__typename !== 'Dataset' || node?.__typename !== 'Image') return <LinkOver />;
  // People of the lab, who see more.
  if (dataset.project !== null) redirect(paths.image(dataset.project.id, id));
  const { node: around } = await read(ReviewNeighboursQuery, { dataset: datasetId, at: node.cursor });
  const [newer, older] = around?.__typename === 'Dataset' ? [around.newer, around.older] : [];
  const address = (list: typeof newer) => {
    const other = list?.edges[0]?.node.id;
    return other === undefined ? null : paths.reviewedImage(datasetId, other);
  };
  const [before, after] = [address(newer), address(older)];
  return (
    <ReviewFrame title={node.name}>
      <PageHeader
        path={[{ label: dataset.name, href: paths.reviewed(datasetId) }]}
        title={node.name}
        facts={
          <>
            {node.cellLines.length === 0 && <Badge>not labelled</Badge>}
            {node.cellLines.map(({ id: line, name, colour }) => (
              <span key={line} className="flex items-center gap-1.5 text-sm">
                <Swatch colour={colour} />
                {name}
              </span>
            ))}
            <Badge>for reviewers, read only</Badge>
          </>
        }
        actions={
          (before !== null || after !== null) && (
            <Neighbours
              label="Pictures of this dataset"
              before={before}
              after={after}
              says={formatCount(dataset.imageCounts.total, 'picture')}
            />
          )
        }
      />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <ImageView key={id} image={node} link={link} />
        <ImageFacts image={node} />
      </div>
    </ReviewFrame>
  );
}
