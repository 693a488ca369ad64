import { graphql } from '#graphql';

/** The masks of a dataset's pure pictures, the one that most needs a look first. */
export const ForegroundQuery = graphql(`
  query DatasetForeground($id: ID!) {
    node(id: $id) {
      __typename
      ... on Dataset {
        id
        name
        viewerCanEdit
        foregroundParameters
        foregroundSummary { pictures waiting found tuned accepted rejected flagged }
        foregrounds(first: 100) {
          edges {
            node {
              id
              decision
              coverage
              confluent
              revision
              previewUrl
              parameters
              asked
              flags { kind reason suggestion }
              image { id name width height foregroundOverridden sample { id name lines { cellLine { id name colour } } } }
            }
          }
        }
      }
    }
  }
`);
