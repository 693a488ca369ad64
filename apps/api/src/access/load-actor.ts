import { type Database, Prisma, readRows } from '@cellmixer/database';
import type { Actor, ProjectStanding } from './actor.ts';
import { type KeyScope, keyScopes } from './table.ts';

interface Grants {
  readonly organizations: readonly { id: string; role: 'OWNER' | 'ADMIN' | 'MEMBER' | 'GUEST' }[] | null;
  readonly projects: readonly { id: string; organizationId: string; role: string | null }[] | null;
  readonly shares: readonly { datasetId: string; projectId: string }[] | null;
}

export interface PersonOptions {
  readonly userId: string;
  /** Of an API key: what it is limited to. Never more than its owner may at that moment. */
  readonly key?: {
    readonly id: string;
    readonly organizationId: string;
    readonly projectId: string | null;
    readonly scopes: readonly string[];
  };
}

/** Reads in one statement what a person, or a key of a person, is to every lab and project. */
export async function loadActor(database: Database, { userId, key }: PersonOptions): Promise<Actor> {
  const rows = await readRows<Grants>(
    database,
    Prisma.sql`
    WITH mine AS (
      SELECT m.id, m."organizationId", m.role FROM "Member" m JOIN "Organization" o ON o.id = m."organizationId"
      WHERE m."userId" = ${userId}::uuid AND m."removedAt" IS NULL AND o."deletedAt" IS NULL
        AND (${key?.organizationId ?? null}::uuid IS NULL OR o.id = ${key?.organizationId ?? null}::uuid)
    ), granted AS (
      SELECT g."projectId", min(g.role) AS role FROM "ProjectGrant" g
      WHERE g."memberId" IN (SELECT id FROM mine)
        OR g."teamId" IN (SELECT "teamId" FROM "TeamMember" WHERE "memberId" IN (SELECT id FROM mine))
      GROUP BY 1
    ), places AS (
      SELECT p.id, p."organizationId",
        CASE WHEN mine.role IN ('OWNER', 'ADMIN') THEN 'ADMIN' WHEN mine.role = 'GUEST' THEN 'GUEST'
          ELSE granted.role::text END AS role
      FROM "Project" p JOIN mine ON mine."organizationId" = p."organizationId"
      LEFT JOIN granted ON granted."projectId" = p.id
      WHERE p."deletedAt" IS NULL AND (mine.role IN ('OWNER', 'ADMIN') OR granted.role IS NOT NULL)
        AND (${key?.projectId ?? null}::uuid IS NULL OR p.id = ${key?.projectId ?? null}::uuid)
    )
    SELECT
      (SELECT json_agg(json_build_object('id', "organizationId", 'role', role)) FROM mine) AS organizations,
      (SELECT json_agg(places) FROM places) AS projects,
      (SELECT json_agg(json_build_object('datasetId', s."datasetId", 'projectId', s."projectId"))
        FROM "DatasetShare" s JOIN "Dataset" d ON d.id = s."datasetId" JOIN "Project" p ON p.id = d."projectId"
        WHERE d."deletedAt" IS NULL AND p."deletedAt" IS NULL AND s.status = 'ACCEPTED' AND s."projectId" IN (SELECT id FROM places)) AS shares`,
  );
  const grants = rows[0];
  const shares = Map.groupBy(grants?.shares ?? [], (share) => share.datasetId);
  return {
    kind: key === undefined ? 'person' : 'key',
    userId,
    apiKeyId: key?.id ?? null,
    name: key === undefined ? `person:${userId}` : `key:${key.id}`,
    scopes: key === undefined ? keyScopes : heldScopes(key.scopes),
    organizations: new Map(
      (grants?.organizations ?? []).map(({ id, role }) => [id, role === 'OWNER' ? 'ADMIN' : role]),
    ),
    projects: new Map(
      (grants?.projects ?? []).map(({ id, organizationId, role }) => [
        id,
        { organizationId, standing: role as ProjectStanding['standing'] },
      ]),
    ),
    borrowed: new Map([...shares].map(([id, list]) => [id, list.map((share) => share.projectId)])),
    reviewed: new Set(),
  };
}

/** A scope holds those before it. */
function heldScopes(scopes: readonly string[]): KeyScope[] {
  const highest = Math.max(-1, ...scopes.map((scope) => keyScopes.indexOf(scope as KeyScope)));
  return keyScopes.slice(0, highest + 1);
}
