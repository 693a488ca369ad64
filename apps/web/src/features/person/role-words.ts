import type { OrganizationRole, ProjectRole } from '#graphql/graphql.ts';

export const roleNames: Readonly<Record<OrganizationRole, string>> = {
  OWNER: 'Owner',
  ADMIN: 'Admin',
  MEMBER: 'Member',
  GUEST: 'Guest',
};

/** What a role in the lab lets somebody do. */
export const roleHints: Readonly<Record<OrganizationRole, string>> = {
  OWNER: 'Everything in the lab, and makes other owners.',
  ADMIN: 'Invites people, and works in every project.',
  MEMBER: 'Begins projects, and works in those that give a role.',
  GUEST: 'Looks at the projects that they are invited into, and changes nothing.',
};

/** What it lets the invited do, said to them. */
export const roleOffers: Readonly<Record<OrganizationRole, string>> = {
  OWNER: 'As an owner you do everything in the lab, and make other owners.',
  ADMIN: 'As an admin you invite people, and work in every project.',
  MEMBER: 'As a member you begin projects, and work in those that give you a role.',
  GUEST: 'As a guest you look at the projects that you are invited into, and change nothing.',
};

export const projectRoleNames: Readonly<Record<ProjectRole, string>> = {
  MANAGER: 'Manager',
  EDITOR: 'Editor',
  VIEWER: 'Viewer',
};

/** What a role in a project lets somebody do. */
export const projectRoleHints: Readonly<Record<ProjectRole, string>> = {
  MANAGER: 'Everything, with people, sharing and keys.',
  EDITOR: 'Uploads, labels, trains and segments.',
  VIEWER: 'Looks at everything, and changes nothing.',
};

/** In the order of forms: the least first. */
export const roles: readonly OrganizationRole[] = ['GUEST', 'MEMBER', 'ADMIN', 'OWNER'];
export const projectRoles: readonly ProjectRole[] = ['VIEWER', 'EDITOR', 'MANAGER'];
