import { notFound, redirect } from 'next/navigation';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { paths } from '../paths.ts';

const ProjectOfImageQuery = graphql(`
  query ProjectOfImage($id: ID!) {
    node(id: $id) { __typename ... on Image { id dataset { id project { id } } } }
  }
`);

/** To the page of an image in the project that it belongs to. */
export async function forwardToImage(id: string): Promise<never> {
  const { node } = await read(ProjectOfImageQuery, { id });
  const project = node?.__typename === 'Image' ? node.dataset?.project : null;
  if (project == null) notFound();
  redirect(paths.image(project.id, id));
}
