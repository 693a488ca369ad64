import { graphql } from '#graphql';

/** What the network sees, and what it finds in mixtures that it is not trained on. */
export const RunPicturesQuery = graphql(`
  query RunPictures($id: ID!) {
    node(id: $id) {
      __typename
      ... on TrainingRun {
        id
        status
        classes { name colour }
        samples: pictures(kind: SAMPLE) { step position pictureUrl labelsUrl }
        looks: pictures(kind: PREDICTION) { step position pictureUrl labelsUrl predictionUrl }
      }
    }
  }
`);
