import type { Actor } from './actor.ts';
import { type Action, allows, type Standing, scopeOf } from './table.ts';

/** Where a thing belongs. */
export interface Place {
  readonly organizationId?: string | undefined;
  readonly projectId?: string | undefined;
  readonly datasetId?: string | undefined;
}

/** Whether the table allows the action in this place. */
export function can(actor: Actor, action: Action, place: Place): boolean {
  if (!actor.scopes.includes(scopeOf[action])) return false;
  return standingsIn(actor, place).some((standing) => allows(action, standing));
}

/** Everything that the actor is to a place: to the project where one is named, else to the lab. */
export function standingsIn(actor: Actor, place: Place): Standing[] {
  const standings: Standing[] = [];
  if (place.datasetId !== undefined) {
    if (actor.borrowed.has(place.datasetId)) standings.push('BORROWER');
    if (actor.reviewed.has(place.datasetId)) standings.push('REVIEWER');
  }
  if (place.projectId !== undefined) {
    const project = actor.projects.get(place.projectId);
    if (project !== undefined) standings.push(project.standing);
    return standings;
  }
  if (place.organizationId !== undefined) {
    const role = actor.organizations.get(place.organizationId);
    if (role !== undefined) standings.push(role);
    if (role === 'MEMBER') {
      for (const project of actor.projects.values())
        if (project.organizationId === place.organizationId) standings.push(project.standing);
    }
  }
  return standings;
}

/** The labs, projects and datasets in which the action is allowed: what lists are filtered by. */
export function placesOf(actor: Actor, action: Action) {
  if (!actor.scopes.includes(scopeOf[action])) return { organizations: [], projects: [], datasets: [] };
  return {
    organizations: [...actor.organizations.keys()].filter((organizationId) =>
      can(actor, action, { organizationId }),
    ),
    projects: [...actor.projects].filter(([, { standing }]) => allows(action, standing)).map(([id]) => id),
    datasets: [
      ...(allows(action, 'BORROWER') ? actor.borrowed.keys() : []),
      ...(allows(action, 'REVIEWER') ? actor.reviewed : []),
    ],
  };
}
