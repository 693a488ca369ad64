import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from './client.ts';
import { Prisma } from './generated/client.ts';

/** What a row of each table is made of. */
interface NewRows {
  readonly DatasetVersionItem: Prisma.DatasetVersionItemCreateManyInput;
  readonly Image: Prisma.ImageCreateManyInput;
  readonly Job: Prisma.JobCreateManyInput;
  readonly Upload: Prisma.UploadCreateManyInput;
}

/**
 * Writes rows that all have the same columns by one statement, which is the same however many they are. Prisma's
 * `createMany` compiles one with a parameter for every value, which for files by the hundred holds up everybody else.
 *
 * @returns their ids, in order: those that are given, else new ones
 */
export async function insertRows<Table extends keyof NewRows>(
  tx: Transaction,
  table: Table,
  rows: readonly NewRows[Table][],
): Promise<string[]> {
  const [first] = rows;
  if (first === undefined) return [];
  // Those of one millisecond are in no order by themselves.
  const fresh = rows.map(() => randomUUIDv7()).sort();
  const ids = rows.map((row, i) => row.id ?? fresh[i] ?? '');
  const columns = Prisma.raw(
    [...new Set(['id', ...Object.keys(first)])].map((name) => `"${name}"`).join(', '),
  );
  const into = Prisma.raw(`"${table}"`);
  const json = JSON.stringify(
    rows.map((row, i) => ({ ...row, id: ids[i] })),
    plain,
  );
  await tx.$executeRaw`
    INSERT INTO ${into} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${into}, ${json}::jsonb)`;
  return ids;
}

/** Half a character is replaced, as everywhere on the way to the database. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? value.toWellFormed() : value;
}
