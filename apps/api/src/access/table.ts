/**
 * What somebody is to a lab or a project. ADMIN: owner or admin of the lab; MANAGER, EDITOR, VIEWER: by a role in the
 * project; MEMBER: in the lab, not in the project; GUEST: a guest with a place in the project; BORROWER: in a project
 * that a dataset is lent to; REVIEWER: holds a link to one dataset.
 */
export type Standing =
  | 'ADMIN'
  | 'MANAGER'
  | 'EDITOR'
  | 'VIEWER'
  | 'MEMBER'
  | 'GUEST'
  | 'BORROWER'
  | 'REVIEWER';

/** Who may do what: the one table. What is not listed is refused. */
export const accessTable = {
  /** The lab itself: its name, its people, its projects. */
  'organization.see': ['ADMIN', 'MANAGER', 'EDITOR', 'VIEWER', 'MEMBER', 'GUEST'],
  /** E-mail addresses of its people. Everybody knows their own. */
  'addresses.see': ['ADMIN', 'MANAGER', 'EDITOR', 'VIEWER', 'MEMBER'],
  /** The whole registry of cell lines. Names in use are seen with the project or dataset that uses them. */
  'registry.see': ['ADMIN', 'MANAGER', 'EDITOR', 'VIEWER', 'MEMBER'],
  'registry.edit': ['ADMIN', 'MANAGER', 'EDITOR'],
  'project.create': ['ADMIN', 'MANAGER', 'EDITOR', 'VIEWER', 'MEMBER'],
  /** Pictures and results of a project. */
  'project.see': ['ADMIN', 'MANAGER', 'EDITOR', 'VIEWER', 'GUEST'],
  /** One dataset: its project's people, borrowers and reviewers. */
  'dataset.see': ['ADMIN', 'MANAGER', 'EDITOR', 'VIEWER', 'GUEST', 'BORROWER', 'REVIEWER'],
  /** Upload, label, annotate, tune. */
  'data.edit': ['ADMIN', 'MANAGER', 'EDITOR'],
  /** Train, segment, correct, compare. A borrower does it in the own project. */
  'work.run': ['ADMIN', 'MANAGER', 'EDITOR'],
  /** A dataset as input of such work. */
  'dataset.use': ['ADMIN', 'MANAGER', 'EDITOR', 'BORROWER'],
  /** Accept, archive, delete what is somebody else's. */
  'decide.any': ['ADMIN', 'MANAGER'],
  /** Accept, archive, delete one's own. */
  'decide.own': ['ADMIN', 'MANAGER', 'EDITOR'],
  /** People, shares and keys of a project. */
  'project.manage': ['ADMIN', 'MANAGER'],
  /** People, teams, quotas and keys of the lab. */
  'organization.manage': ['ADMIN'],
  'audit.see': ['ADMIN', 'MANAGER'],
} as const satisfies Record<string, readonly Standing[]>;

export type Action = keyof typeof accessTable;

/** What each action is, after “you may not”. */
export const actionWords = {
  'organization.see': 'see the lab',
  'addresses.see': 'see the addresses of its people',
  'registry.see': 'see its cell lines',
  'registry.edit': 'register or change cell lines',
  'project.create': 'make projects',
  'project.see': 'see the project',
  'dataset.see': 'see the dataset',
  'data.edit': 'upload or change anything',
  'work.run': 'train, segment, correct or compare',
  'dataset.use': 'train or segment with this dataset',
  'decide.any': 'accept, archive or delete what others have made',
  'decide.own': 'accept, archive or delete',
  'project.manage': 'manage people and sharing of the project',
  'organization.manage': 'manage the lab',
  'audit.see': 'see who changed what',
} as const satisfies Record<Action, string>;

export function allows(action: Action, standing: Standing | undefined): boolean {
  return standing !== undefined && (accessTable[action] as readonly Standing[]).includes(standing);
}

/** What an API key may be made for; each holds those before it. */
export const keyScopes = ['read', 'write', 'run', 'manage'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** The scope that a key needs for an action. */
export const scopeOf = {
  'organization.see': 'read',
  'addresses.see': 'read',
  'registry.see': 'read',
  'project.see': 'read',
  'dataset.see': 'read',
  'registry.edit': 'write',
  'project.create': 'write',
  'data.edit': 'write',
  'decide.own': 'write',
  'decide.any': 'write',
  'work.run': 'run',
  'dataset.use': 'run',
  'project.manage': 'manage',
  'organization.manage': 'manage',
  'audit.see': 'manage',
} as const satisfies Record<Action, KeyScope>;
