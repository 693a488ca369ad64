import type { ApiKeyScope } from '#graphql/graphql.ts';

/** What a key may do; each holds those before it. */
export const scopeNames: Readonly<Record<ApiKeyScope, string>> = {
  READ: 'Read',
  WRITE: 'Write',
  RUN: 'Run',
  MANAGE: 'Manage',
};

export const scopeHints: Readonly<Record<ApiKeyScope, string>> = {
  READ: 'Looks at pictures, runs and results, and downloads them.',
  WRITE: 'Also registers lines, uploads and labels pictures.',
  RUN: 'Also trains, segments and compares.',
  MANAGE: 'Also people, sharing and the log of activity.',
};

export const scopes: readonly ApiKeyScope[] = ['READ', 'WRITE', 'RUN', 'MANAGE'];
