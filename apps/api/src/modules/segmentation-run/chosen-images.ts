import type { Database, Transaction } from '@cellmixer/database';
import { RequestError } from '../../graphql/request-error.ts';

/**
 * The images of a snapshot that a run segments.
 *
 * @param mixturesOnly leave pure cultures out; by default where there are mixtures
 * @throws ValidationError where there are none
 */
export async function chosenImages(
  database: Database | Transaction,
  versionId: string,
  mixturesOnly: boolean | null | undefined,
): Promise<string[]> {
  const items = await database.datasetVersionItem.findMany({
    where: { versionId, image: { deletedAt: null } },
    orderBy: { id: 'asc' },
    select: { imageId: true, cellLineId: true },
  });
  const mixed = items.filter((item) => item.cellLineId === null);
  const chosen = (mixturesOnly ?? mixed.length > 0) ? mixed : items;
  if (chosen.length > 0) return chosen.map((item) => item.imageId);
  throw new RequestError('ValidationError', 'SNAPSHOT_EMPTY', 'The snapshot has no such image.', {
    subject: 'version',
    cure: 'Choose a snapshot with mixtures, or segment pure cultures too.',
  });
}
