import { graphql } from '#graphql';

/** Everything that the page of a comparison shows, the pictures themselves apart. */
export const ComparisonQuery = graphql(`
  query Comparison($id: ID!) {
    node(id: $id) {
      __typename
      ... on Comparison {
        id
        viewerCanDelete
        name
        status
        revision
        createdAt
        errorCode
        errorMessage
        errorCure
        methods
        acceptedAt
        acceptedBy
        acceptedWhy
        acceptedVersion { id number model { id name } }
        datasetVersion { id number }
        modelVersions { id number stage classes colours card { run { method } } model { id name } }
        results {
          images
          models {
            modelVersion { id }
            unassignedCells
            classes { name cells fraction areaFraction }
            judgement {
              images
              samples
              scores { name value low high }
              classes { name iou recall cellRecall }
              pixelConfusion { columns rows { name counts shares } }
              cellConfusion { columns rows { name counts shares } }
            }
          }
          agreements {
            first { id }
            second { id }
            agree
            type
            foreground
            confusion { columns rows { name counts shares } }
          }
        }
        images(from: 0) {
          image { id name thumbnailUrl }
          cells
          agreements { first { id } second { id } agree }
        }
      }
    }
  }
`);
