import type { Database } from '@cellmixer/database';

/** Those of the snapshots that are of another lab than the project: nothing is told of their samples but that they differ. */
export async function lentVersions(
  database: Database,
  projectId: string,
  versionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { organizationId } = await database.project.findUniqueOrThrow({
    where: { id: projectId },
    select: { organizationId: true },
  });
  const lent = await database.datasetVersion.findMany({
    where: { id: { in: [...versionIds] }, dataset: { project: { organizationId: { not: organizationId } } } },
    select: { id: true },
  });
  return new Set(lent.map(({ id }) => id));
}

/** Names things in the order in which they come: `lent sample 1`, `lent sample 2`; the same name for the same thing. */
export function numbered(what: string): (name: string | null) => string | null {
  const known = new Map<string, string>();
  return (name) => {
    if (name === null) return null;
    const found = known.get(name) ?? `${what} ${known.size + 1}`;
    known.set(name, found);
    return found;
  };
}
