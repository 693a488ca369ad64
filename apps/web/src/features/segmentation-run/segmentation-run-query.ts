import { graphql } from '#graphql';

/** Everything that the page of a segmentation run shows. */
export const SegmentationRunQuery = graphql(`
  query SegmentationRun($id: ID!) {
    node(id: $id) {
      __typename
      ... on SegmentationRun {
        id
        viewerCanDelete
        status
        threshold
        withdrawn
        total
        done
        failed
        secondsLeft
        createdAt
        finishedAt
        methods
        compositionCsv(by: SAMPLE)
        modelVersion { id number classes colours model { id name } }
        datasetVersion { id number }
        composition(by: SAMPLE) {
          imageName
          sampleName
          plate
          well
          replicate
          treatment
          dose
          doseUnit
          timePoint
          images
          composition {
            cells
            unassignedCells
            classes { name position cells fraction low high seededFraction }
          }
        }
        broken: segmentations(first: 100, status: [FAILED, CANCELLED]) {
          edges { node { id status errorCode errorMessage errorCure image { id name } } }
        }
        segmentations(first: 100, status: [SUCCEEDED]) {
          edges { node { id ...SegmentationTable_segmentation } }
          pageInfo { hasNextPage endCursor }
        }
        exports(first: 1) {
          edges { node { id status progress sizeBytes url errorMessage errorCure } }
        }
      }
    }
  }
`);
