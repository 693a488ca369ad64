import { redirect } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
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
        images(first: 100) { edges { node { id } } }
      }
    }
    node(id: $image) {
      __typename
      ... on Image {
        id
        name
        datasetId
        cellLines { id name colour }
        ...ImageView_image
        ...ImageFacts_image
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
  const all = dataset.images.edges.map((edge) => edge.node.id);
  const place = all.indexOf(id);
  const address = (at: number) => {
    const other = place === -1 ? undefined : all[at];
    return other === undefined ? null : paths.reviewedImage(datasetId, other);
  };
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
          place !== -1 &&
          all.length > 1 && (
            <Neighbours
              label="Pictures of this dataset"
              before={address(place - 1)}
              after={address(place + 1)}
              says={`${place + 1} of ${all.length}`}
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
