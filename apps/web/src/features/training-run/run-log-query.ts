import { graphql } from '#graphql';

/** A training's log after a position. */
export const RunLogQuery = graphql(`
  query RunLog($id: ID!, $after: Int!) {
    node(id: $id) {
      __typename
      ... on TrainingRun { id status log(after: $after) { position at level text } }
    }
  }
`);
