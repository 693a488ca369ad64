import { type Database, Prisma } from '@cellmixer/database';
import { RequestError } from '../../../graphql/request-error.ts';
import { MOST_ROWS } from './read-table.ts';
import type { WrittenRow } from './write-table.ts';

type Row = Omit<WrittenRow, 'lines'> & { readonly lines: WrittenRow['lines'] | null };

const fields = Prisma.sql`s.name AS sample, s.plate, s.well, s.replicate, s.passage, s.treatment, s.dose,
  s."doseUnit", s."timePoint", s.control::text AS control,
  (SELECT json_agg(json_build_object('name', c.name, 'fraction', l.fraction)) FROM "SampleLine" l
    JOIN "CellLine" c ON c.id = l."cellLineId" WHERE l."sampleId" = s.id) AS lines`;

/** The samples of a project, by name. @throws ValidationError beyond 10,000 */
export async function samplesOfProject(database: Database, projectId: string): Promise<WrittenRow[]> {
  return finish(
    await database.$queryRaw<Row[]>`
      SELECT NULL AS file, ${fields} FROM "Sample" s
      WHERE s."projectId" = ${projectId}::uuid AND s."deletedAt" IS NULL ORDER BY s.name LIMIT ${MOST_ROWS + 1}`,
  );
}

/** The images of a dataset by name, each with its sample. @throws ValidationError beyond 10,000 */
export async function samplesOfDataset(database: Database, datasetId: string): Promise<WrittenRow[]> {
  return finish(
    await database.$queryRaw<Row[]>`
      SELECT i.name AS file, ${fields} FROM "Image" i
      LEFT JOIN "Sample" s ON s.id = i."sampleId" AND s."deletedAt" IS NULL
      WHERE i."datasetId" = ${datasetId}::uuid AND i."deletedAt" IS NULL
      ORDER BY i.name, i.id LIMIT ${MOST_ROWS + 1}`,
  );
}

function finish(rows: readonly Row[]): WrittenRow[] {
  if (rows.length > MOST_ROWS) {
    throw new RequestError('ValidationError', 'TABLE_TOO_LARGE', `There are more than ${MOST_ROWS} rows.`, {
      cure: 'Read samples page by page.',
    });
  }
  return rows.map((row) => ({ ...row, lines: row.lines ?? [] }));
}
