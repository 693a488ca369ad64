import { Prisma } from '@cellmixer/database';
import type { Context } from '../../../graphql/context.ts';
import { RequestError } from '../../../graphql/request-error.ts';
import { loadTogether } from '../../../graphql/request-loader.ts';
import { MOST_ROWS } from './read-table.ts';
import type { WrittenRow } from './write-table.ts';

interface Row extends Omit<WrittenRow, 'lines'> {
  readonly parent: string;
  readonly lines: WrittenRow['lines'] | null;
}

const fields = Prisma.sql`s.name AS sample, s.plate, s.well, s.replicate, s.passage, s.treatment, s.dose,
  s."doseUnit", s."timePoint", s.control::text AS control,
  (SELECT json_agg(json_build_object('name', c.name, 'fraction', l.fraction)) FROM "SampleLine" l
    JOIN "CellLine" c ON c.id = l."cellLineId" WHERE l."sampleId" = s.id) AS lines`;

const ofProjects = (ids: readonly string[]) => Prisma.sql`
  SELECT s."projectId"::text AS parent, NULL AS file, ${fields} FROM "Sample" s
  WHERE s."projectId" = ANY(${[...ids]}::uuid[]) AND s."deletedAt" IS NULL ORDER BY s.name`;

const ofDatasets = (ids: readonly string[]) => Prisma.sql`
  SELECT i."datasetId"::text AS parent, i.name AS file, ${fields} FROM "Image" i
  LEFT JOIN "Sample" s ON s.id = i."sampleId" AND s."deletedAt" IS NULL
  WHERE i."datasetId" = ANY(${[...ids]}::uuid[]) AND i."deletedAt" IS NULL ORDER BY i.name, i.id`;

/**
 * The samples of a project by name, or the images of a dataset by name, each with its sample.
 *
 * @throws ValidationError where a request asks for more than 10,000 rows
 */
export function samplesOf(context: Context, type: 'Project' | 'Dataset', id: string): Promise<WrittenRow[]> {
  return loadTogether(context, `samples of ${type}`, id, async (ids) => {
    const select = type === 'Project' ? ofProjects(ids) : ofDatasets(ids);
    const rows = await context.database.$queryRaw<Row[]>(Prisma.sql`${select} LIMIT ${MOST_ROWS + 1}`);
    demandFew(rows);
    const byParent = Map.groupBy(rows, (row) => row.parent);
    return new Map(ids.map((one) => [one, (byParent.get(one) ?? []).map(finish)]));
  });
}

function finish({ parent: _, ...row }: Row): WrittenRow {
  return { ...row, lines: row.lines ?? [] };
}

function demandFew(rows: readonly Row[]): void {
  if (rows.length <= MOST_ROWS) return;
  throw new RequestError('ValidationError', 'TABLE_TOO_LARGE', `There are more than ${MOST_ROWS} rows.`, {
    cure: 'Ask for one table at a time, or read samples page by page.',
  });
}
