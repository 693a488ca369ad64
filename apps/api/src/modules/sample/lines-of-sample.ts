import { Prisma, type SampleLine } from '@cellmixer/database';
import type { Loading } from '../../execution/loading.ts';
import type { Context } from '../../graphql/context.ts';
import { type RowsUnder, rowsUnder } from '../../graphql/rows-under.ts';

const lines: RowsUnder = {
  table: 'SampleLine',
  parent: 'sampleId',
  order: Prisma.sql`t."cellLineId"`,
  most: 1000,
};

/** What was seeded in a sample. */
export function linesOfSample(context: Context, sampleId: string): Loading<SampleLine[]> {
  return rowsUnder<SampleLine>(context, lines, sampleId);
}
