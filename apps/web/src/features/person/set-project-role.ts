import { graphql } from '#graphql';

export const SetProjectRoleMutation = graphql(`
  mutation SetProjectRole($input: SetProjectRoleInput!) {
    setProjectRole(input: $input) {
      ... on SetProjectRolePayload { project { id } }
      ... on UserError { code message cure subject }
    }
  }
`);
