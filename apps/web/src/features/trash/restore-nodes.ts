import { graphql } from '#graphql';

export const RestoreNodesMutation = graphql(`
  mutation RestoreNodes($input: RestoreNodesInput!) {
    restoreNodes(input: $input) {
      ... on RestoreNodesPayload { items { subjectId restored problem } }
      ... on UserError { code message cure subject }
    }
  }
`);
