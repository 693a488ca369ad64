import { graphql } from '#graphql';

/** Read first on the server, then again in the browser while something runs. */
export const HomeRunningQuery = graphql(`
  query HomeRunning($organization: ID!) {
    organization(id: $organization) {
      id
      projects(first: 20) {
        edges {
          node {
            id
            name
            trainingRuns(first: 5) {
              edges { node { id name status step steps secondsLeft } }
            }
            segmentationRuns(first: 5) {
              edges { node { id status done total modelVersion { id number model { id name } } } }
            }
          }
        }
      }
    }
  }
`);
