import { builder } from '../../graphql/builder.ts';

export const OrganizationRoleEnum = builder.enumType('OrganizationRole', {
  description: 'What somebody may do in a lab.',
  values: {
    OWNER: { description: 'Everything, and makes other owners.' },
    ADMIN: { description: 'Everything in every project of the lab.' },
    MEMBER: { description: 'Makes projects, and works in those that gave a role.' },
    GUEST: { description: 'Looks at the projects that gave a place.' },
  },
});

export const ProjectRoleEnum = builder.enumType('ProjectRole', {
  description: 'What somebody may do in a project.',
  values: {
    MANAGER: { description: 'Everything, with people, shares and keys.' },
    EDITOR: { description: 'Uploads, labels, trains, segments.' },
    VIEWER: { description: 'Looks.' },
  },
});
