import { cellRecordBytes, decodeCellRecords } from '@cellmixer/cellmixer/results';
import type { Segmentation } from '@cellmixer/database';
import { objectKey } from '@cellmixer/storage';
import type { Context } from '../../graphql/context.ts';
import { RequestError } from '../../graphql/request-error.ts';

export type FoundCell = ReturnType<typeof decodeCellRecords>[number];

/** Some four million cells of three classes. */
const MOST_BYTES = 256 * 1024 ** 2;

/** Cells of a segmentation in the order of their labels; a page is one range of bytes. */
export async function readCells(
  { storage }: Pick<Context, 'storage'>,
  row: Pick<Segmentation, 'cellRecordsKey' | 'cellCount'>,
  classes: number,
  page: { readonly after: number; readonly first: number } | null,
): Promise<FoundCell[]> {
  const count = row.cellCount ?? 0;
  const from = page?.after ?? 0;
  const length = Math.min(page?.first ?? count, count - from);
  if (row.cellRecordsKey === null || length <= 0) return [];
  const size = cellRecordBytes(classes);
  const range = { first: from * size, length: length * size };
  return decodeCellRecords(
    await storage.readBytes(objectKey(row.cellRecordsKey), { range, limit: MOST_BYTES }),
    classes,
  );
}

/** @throws ValidationError where the image has not been segmented */
export function demandCells(row: Pick<Segmentation, 'status' | 'cellRecordsKey' | 'cellCount'>): void {
  if (row.status === 'SUCCEEDED' && row.cellRecordsKey !== null) return;
  throw new RequestError('ValidationError', 'SEGMENTATION_UNFINISHED', 'The image has no cells to correct.', {
    subject: 'segmentation',
    cure: 'Wait until it is segmented, or segment it once more.',
  });
}
