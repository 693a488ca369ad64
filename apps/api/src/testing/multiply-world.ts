import { type Database, Prisma } from '@cellmixer/database';
import type { World } from './world.ts';

/** Columns that keep their value, so that every new row is of the same lab, project and person. */
const KEPT = ['organizationId', 'projectId', 'userId'];
/** Sets of siblings: those that hang from the same parents, from each other, and from each other in one dataset. */
const SETS = 3;

interface Column {
  readonly name: string;
  readonly type: string;
}

interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** The columns of each of its unique indexes. */
  readonly unique: readonly (readonly string[])[];
}

/**
 * Makes `count` siblings of every row of the world, which hang from the same parents, and twice as many more, newer
 * ones, that hang from each other: the i-th image shows the i-th sample, and so on. Columns come from the database's own
 * catalogue, so that a new table needs no word here.
 */
export async function multiplyWorld(database: Database, world: World, count: number): Promise<void> {
  const owner = world.actors.get('owner')?.userId ?? '';
  const idOf = (type: Parameters<typeof world.rows.get>[0]) => world.rows.get(type) ?? '';
  await database.notification.update({ where: { id: idOf('Notification') }, data: { userId: owner } });
  await database.modelVersion.update({
    where: { id: idOf('ModelVersion') },
    data: { trainingRunId: idOf('TrainingRun') },
  });
  await database.segmentationRunItem.create({
    data: { runId: idOf('SegmentationRun'), segmentationId: idOf('Segmentation') },
  });
  await database.comparison.update({ where: { id: idOf('Comparison') }, data: { acceptedById: owner } });
  const ready = {
    status: 'READY' as const,
    ...{ checksum: 'c', width: 4, height: 4, channels: 1, depth: 8 },
    ...{ originalKey: 'o', pyramidKey: 'p', thumbnailKey: 't' },
  };
  await database.image.update({ where: { id: idOf('Image') }, data: ready });
  const tables = await readTables(database);
  await database.$transaction(
    async (tx) => {
      // Rows that point to each other are written in any order.
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      await tx.$executeRaw`CREATE TEMP TABLE sibling (source uuid, i int, id uuid, PRIMARY KEY (source, i)) ON COMMIT DROP`;
      const sources = [...world.rows.values()];
      await tx.$executeRaw`INSERT INTO sibling SELECT source, i, gen_random_uuid()
        FROM (SELECT unnest(${sources}::uuid[]) AS source UNION SELECT id FROM "Member" UNION SELECT id FROM "User") s,
        generate_series(1, ${SETS * count}::int) i`;
      for (const table of tables) await tx.$executeRaw(multiply(table, tables, count));
    },
    { timeout: 120_000 },
  );
  await database.$executeRaw`SELECT refresh_contact_sheets(ARRAY(SELECT id FROM "Image"))`;
  // No line comes from itself.
  const parentId = idOf('CellLine');
  await database.cellLine.updateMany({ where: { id: { not: parentId } }, data: { parentId } });
  const { id: other } = await database.cellLine.findFirstOrThrow({ where: { id: { not: parentId } } });
  await database.cellLine.update({ where: { id: parentId }, data: { parentId: other } });
  await lend(database, world, owner);
  await discard(database, world, owner, count);
  await database.$executeRaw`ANALYZE`;
}

/** The world's dataset is lent to every project of its lab, and its project borrows every dataset. */
async function lend(database: Database, world: World, createdById: string): Promise<void> {
  const { datasetId, projectId, organizationId } = world;
  const projects = await database.project.findMany({ where: { organizationId } });
  const datasets = await database.dataset.findMany({ where: { projectId } });
  const shares = [
    ...projects.map(({ id }) => ({ datasetId, projectId: id })),
    ...datasets.map(({ id }) => ({ datasetId: id, projectId })),
  ];
  await database.datasetShare.createMany({
    data: shares.map((share) => ({ ...share, status: 'ACCEPTED', createdById })),
    skipDuplicates: true,
  });
}

/** Lines that somebody has deleted. */
async function discard(database: Database, world: World, ownerId: string, count: number): Promise<void> {
  const { organizationId } = world;
  const lines = await database.cellLine.createManyAndReturn({
    data: Array.from({ length: count }, (_, i) => ({
      organizationId,
      name: `Deleted ${i}`,
      colour: '#e69f00',
      createdById: ownerId,
      // Long ago, so that they are not among the newest lines.
      createdAt: new Date(0),
      deletedAt: new Date(),
    })),
  });
  await database.trashItem.createMany({
    data: lines.map(({ id, name }) => ({
      organizationId,
      type: 'CellLine',
      subjectId: id,
      name,
      ownerId,
      deletedById: ownerId,
    })),
  });
}

function multiply({ name, columns, unique }: Table, tables: readonly Table[], count: number): Prisma.Sql {
  const changed = new Set(unique.flatMap((index) => distinguishing(index, columns) ?? []));
  const uuids = columns.filter(({ type, name: column }) => type === 'uuid' && column !== 'id');
  const hasId = columns.some((column) => column.name === 'id');
  const entity = hasId && tables.some((table) => table.name === name);
  const values = columns.map((column) => {
    const own = `t."${column.name}"`;
    if (column.name === 'id') return `coalesce((${siblingOf('t.id')}), gen_random_uuid())`;
    if (column.name === 'createdAt') return `${own} + make_interval(secs => n.i * 0.01)`;
    // Names are unique in some tables whatever their case, which the catalogue does not tell by columns.
    if (column.type === 'text' && (column.name === 'name' || changed.has(column.name)))
      return `${own} || '-' || n.i`;
    if (column.type === 'int4' && changed.has(column.name)) return `${own} + n.i`;
    if (column.type !== 'uuid') return own;
    const mapped = `coalesce((${siblingOf(own)}), ${own})`;
    if (changed.has(column.name)) return mapped;
    if (KEPT.includes(column.name)) return own;
    const most = column.name === 'datasetId' ? (SETS - 1) * count : SETS * count;
    return `CASE WHEN n.i > ${count} AND n.i <= ${most} THEN ${mapped} ELSE ${own} END`;
  });
  // Rows of the world itself; of tables that only join others, those that join rows of the world.
  const condition = entity
    ? 't.id IN (SELECT source FROM sibling)'
    : uuids.map((column) => `t."${column.name}" IN (SELECT source FROM sibling)`).join(' OR ') || 'false';
  const list = columns.map((column) => `"${column.name}"`).join(', ');
  return Prisma.raw(`INSERT INTO "${name}" (${list}) SELECT ${values.join(', ')}
    FROM "${name}" t, generate_series(1, ${SETS * count}) n(i) WHERE ${condition} ON CONFLICT DO NOTHING`);
}

function siblingOf(column: string): string {
  return `SELECT s.id FROM sibling s WHERE s.source = ${column} AND s.i = n.i`;
}

/** The column of an index that is changed so that a sibling has a place in it. */
function distinguishing(index: readonly string[], columns: readonly Column[]): string | undefined {
  const own = columns.filter(({ name }) => index.includes(name));
  if (index.length === 1 && index[0] === 'id') return undefined;
  const free = own.filter(({ name }) => !KEPT.slice(0, 2).includes(name));
  return (
    free.find(({ type }) => type === 'text') ??
    free.find(({ type }) => type === 'int4') ??
    free.findLast(({ type }) => type === 'uuid')
  )?.name;
}

async function readTables(database: Database): Promise<Table[]> {
  return database.$queryRaw<Table[]>`
    SELECT c.relname AS name,
      (SELECT json_agg(json_build_object('name', a.attname, 'type', y.typname) ORDER BY a.attnum)
        FROM pg_attribute a JOIN pg_type y ON y.oid = a.atttypid
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      (SELECT coalesce(json_agg((SELECT json_agg(a.attname) FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum = ANY(x.indkey))), '[]')
        FROM pg_index x WHERE x.indrelid = c.oid AND x.indisunique) AS unique
    FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
      AND c.relname NOT IN ('_prisma_migrations', 'Session', 'Account', 'Verification', 'IdempotencyKey')`;
}
