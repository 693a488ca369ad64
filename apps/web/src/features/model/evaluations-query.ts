import { graphql } from '#graphql';

/** What the model page says of scores on annotated images. */
export const EvaluationsQuery = graphql(`
  query Evaluations($id: ID!) {
    node(id: $id) {
      __typename
      ... on ModelVersion {
        id
        evaluations(first: 5) {
          edges {
            node {
              id
              status
              errorMessage
              errorCure
              finishedAt
              datasetVersion { id number }
              results {
                model { images samples scores { name value low high } }
                baseline { scores { name value low high } }
              }
            }
          }
        }
      }
    }
  }
`);
