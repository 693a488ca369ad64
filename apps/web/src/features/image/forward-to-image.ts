import { notFound, redirect } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { paths } from '../paths.ts';

const DatasetOfImageQuery = graphql(`
  query DatasetOfImage($id: ID!) {
    node(id: $id) { __typename ... on Image { id datasetId } }
  }
`);
const ProjectOfDatasetQuery = graphql(`
  query ProjectOfDataset($id: ID!) {
    node(id: $id) { __typename ... on Dataset { id project { id } } }
  }
`);

/** To the page of an image in the project that it belongs to. */
export async function forwardToImage(id: string): Promise<never> {
  const { node: image } = await read(DatasetOfImageQuery, { id });
  if (image?.__typename !== 'Image') notFound();
  const { node: dataset } = await read(ProjectOfDatasetQuery, { id: image.datasetId });
  const project = dataset?.__typename === 'Dataset' ? dataset.project : null;
  if (project === null) notFound();
  redirect(paths.image(project.id, id));
}
