import { graphql } from '#graphql';

export const DeclineShareMutation = graphql(`
  mutation DeclineShare($input: DeclineShareInput!) {
    declineShare(input: $input) {
      ... on DeclineSharePayload { share { id status } }
      ... on UserError { code message cure subject }
    }
  }
`);
