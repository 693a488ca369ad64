import { graphql } from '#graphql';

/** The null split of a model version as it goes on, and what one may be made of. */
export const NullSplitQuery = graphql(`
  query NullSplit($id: ID!) {
    node(id: $id) {
      __typename
      ... on ModelVersion {
        id
        nullSplit { id status step steps secondsLeft errorMessage }
        nullSplitLines { name pictures replicates possible cellLine { id } }
      }
    }
  }
`);
