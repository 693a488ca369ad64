import { graphql } from '#graphql';

/** A dataset with its first images; read by the server, and again while pictures are being read. */
export const DatasetQuery = graphql(`
  query Dataset($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on Dataset {
        id
        name
        modality
        pixelSizeUm
        filenamePattern
        revision
        viewerCanEdit
        viewerCanDelete
        imageCounts {
          total
          byStatus { status images }
          byPopulation { kind images cellLine { id name colour } }
        }
        foregroundSummary { pictures waiting flagged accepted rejected found tuned }
        images(first: 100, after: $after) {
          edges {
            node {
              id
              name
              status
              errorMessage
              width
              height
              thumbnailUrl
              cellLines { id name colour }
              sample { id name well lines { cellLine { id name colour } } }
            }
          }
          pageInfo { hasNextPage endCursor }
        }
        versions(first: 50) {
          edges { node { id number note createdAt populations { name images } } }
        }
      }
    }
  }
`);
