import type { KeyScope, Standing } from './table.ts';

/** Who asks, and what this actor is to which lab and project; read once a request. */
export interface Actor {
  readonly kind: 'person' | 'key' | 'reviewer' | 'anonymous';
  /** Null for reviewers and anonymous. */
  readonly userId: string | null;
  readonly apiKeyId: string | null;
  /** Names the actor in idempotency keys and logs. */
  readonly name: string;
  /** A key's highest scope; people have them all. */
  readonly scopes: readonly KeyScope[];
  readonly organizations: ReadonlyMap<string, 'ADMIN' | 'MEMBER' | 'GUEST'>;
  readonly projects: ReadonlyMap<string, ProjectStanding>;
  /** Datasets lent to projects that this actor sees, with those projects. */
  readonly borrowed: ReadonlyMap<string, readonly string[]>;
  /** Datasets that a reviewer's link shows. */
  readonly reviewed: ReadonlySet<string>;
}

export interface ProjectStanding {
  readonly organizationId: string;
  readonly standing: Extract<Standing, 'ADMIN' | 'MANAGER' | 'EDITOR' | 'VIEWER' | 'GUEST'>;
}

export const anonymous: Actor = {
  kind: 'anonymous',
  userId: null,
  apiKeyId: null,
  name: 'anonymous',
  scopes: [],
  organizations: new Map(),
  projects: new Map(),
  borrowed: new Map(),
  reviewed: new Set(),
};
