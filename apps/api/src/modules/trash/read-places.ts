import { Prisma } from '@cellmixer/database';
import type { Actor } from '../../access/actor.ts';
import { can } from '../../access/can.ts';
import type { Context } from '../../graphql/context.ts';
import { type Deletable, type DeletableType, deletables } from './deletable-types.ts';

export interface Placed {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly ownerId: string | null;
  readonly name: string;
}

/** Where things hang, who made them and what they are called. */
export function readPlaces(
  { database }: Pick<Context, 'database'>,
  type: DeletableType,
  ids: readonly string[],
): Promise<Placed[]> {
  const { place }: Deletable = deletables[type];
  return database.$queryRaw<Placed[]>(Prisma.sql`
    SELECT t.id::text AS id, (${place.organizationId})::text AS "organizationId",
      (${place.projectId})::text AS "projectId", (${place.ownerId})::text AS "ownerId", ${place.name} AS name
    FROM ${Prisma.raw(`"${type}"`)} t ${place.joins} WHERE t.id = ANY(${[...ids]}::uuid[])`);
}

/** Editors decide on their own, managers and admins on everything. A project is its managers’ and the lab’s admins’. */
export function mayDecide(
  actor: Actor,
  type: string,
  { id, organizationId, projectId, ownerId }: Omit<Placed, 'name'>,
) {
  const action = ownerId !== null && ownerId === actor.userId ? 'decide.own' : 'decide.any';
  if (projectId !== null) return can(actor, action, { projectId });
  if (type === 'Project' && actor.projects.has(id)) return can(actor, 'decide.any', { projectId: id });
  if (ownerId === actor.userId)
    return can(actor, type === 'Project' ? 'project.create' : 'decide.own', { organizationId });
  return can(actor, 'organization.manage', { organizationId });
}
