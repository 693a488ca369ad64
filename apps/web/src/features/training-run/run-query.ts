import { graphql } from '#graphql';

/** Everything that the page of a training shows, the curves apart from what has come since. */
export const RunQuery = graphql(`
  query Run($id: ID!) {
    node(id: $id) {
      __typename
      ... on TrainingRun {
        id
        viewerCanDelete
        name
        method
        preset
        seed
        status
        step
        steps
        secondsLeft
        queuePlace
        checkpointStep
        methodsText
        createdAt
        startedAt
        finishedAt
        errorCode
        errorMessage
        errorCure
        modelVersion {
          id
          number
          verdict { level sentence }
          card { judgement { heldOut mixtures { miou } } }
          model { id name }
        }
        classes { name colour }
        baselineOf { id name }
        nullSplitOf { id number model { id name } }
        nullSplitAccuracy
        withdrawn
        metrics { step loss foregroundLoss typeLoss miou foregroundIou typeAccuracy }
        baseline {
          id
          name
          status
          step
          steps
          modelVersion { id card { judgement { mixtures { miou } } } }
          metrics { step loss foregroundLoss typeLoss miou foregroundIou typeAccuracy }
        }
      }
    }
  }
`);
