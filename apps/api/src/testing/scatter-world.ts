import type { Database } from '@cellmixer/database';
import type { World } from './world.ts';

/**
 * Some projects of a multiplied world become the other lab's, some rows of every kind are deleted, some jobs and events
 * are of no project.
 */
export async function scatterWorld(database: Database, world: World): Promise<void> {
  const other = await database.organization.findFirstOrThrow({ where: { name: 'Lab B' } });
  const projects = await database.project.findMany({
    where: { id: { not: world.projectId }, organizationId: world.organizationId },
    orderBy: { createdAt: 'asc' },
  });
  const moved = projects.slice(0, 4).map(({ id }) => id);
  await database.project.updateMany({ where: { id: { in: moved } }, data: { organizationId: other.id } });
  for (const table of [
    'Image',
    'Sample',
    'CellLine',
    'TrainingRun',
    'Model',
    'SegmentationRun',
    'Comparison',
  ])
    await database.$executeRawUnsafe(`UPDATE "${table}" SET "deletedAt" = now() WHERE id IN
      (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY "createdAt", id) AS n FROM "${table}") s WHERE n % 4 = 2)`);
  const [dataset] = await database.dataset.findMany({
    where: { id: { not: world.datasetId }, images: { some: {} } },
    take: 1,
  });
  await database.dataset.update({ where: { id: dataset!.id }, data: { deletedAt: new Date() } });
  await database.project.update({ where: { id: projects[4]!.id }, data: { deletedAt: new Date() } });
  for (const table of ['Job', 'AuditEvent'])
    await database.$executeRawUnsafe(`UPDATE "${table}" SET "projectId" = NULL WHERE id IN
      (SELECT id FROM (SELECT id, row_number() OVER (ORDER BY "createdAt", id) AS n FROM "${table}") s WHERE n % 3 = 0)`);
}
