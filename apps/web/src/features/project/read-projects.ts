import { allOf } from '#api/all-of.ts';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';

const ProjectChoicesQuery = graphql(`
  query ProjectChoices($organization: ID!, $after: String) {
    organization(id: $organization) {
      id
      projects(first: 100, after: $after) {
        edges { node { id name viewerCanManage viewerCanEdit } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);

/** All projects of a lab that the asker sees, to choose from. */
export async function readProjects(organization: string) {
  const pageAt = async (after: string | null) =>
    (await read(ProjectChoicesQuery, { organization, after })).organization?.projects;
  const first = await pageAt(null);
  return first === undefined ? [] : allOf(first, pageAt);
}
