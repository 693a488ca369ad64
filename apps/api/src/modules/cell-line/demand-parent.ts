import type { Transaction } from '@cellmixer/database';
import { isUuid } from '../../graphql/node.ts';
import { RequestError } from '../../graphql/request-error.ts';

interface Ancestor {
  readonly id: string;
  readonly name: string;
}

/**
 * @param lineId the line that is to get the parent; null for a new one
 * @throws NotFoundError unless the parent is in the same registry; ValidationError where it descends from the line
 */
export async function demandParent(
  tx: Transaction,
  organizationId: string,
  parentId: string,
  lineId: string | null,
): Promise<void> {
  // Two changes at once could close a circle between them.
  await tx.$executeRaw`SELECT 1 FROM "Organization" WHERE id = ${organizationId}::uuid FOR NO KEY UPDATE`;
  const ancestors = isUuid(parentId)
    ? await tx.$queryRaw<Ancestor[]>`
      WITH RECURSIVE up AS (
        SELECT id, name, "parentId" FROM "CellLine"
        WHERE id = ${parentId}::uuid AND "organizationId" = ${organizationId}::uuid AND "deletedAt" IS NULL
        UNION
        SELECT l.id, l.name, l."parentId" FROM "CellLine" l JOIN up ON l.id = up."parentId"
      ) SELECT id, name FROM up`
    : [];
  const parent = ancestors.find(({ id }) => id === parentId);
  if (parent === undefined) {
    throw new RequestError(
      'NotFoundError',
      'CELL_LINE_NOT_FOUND',
      'The parent is not in this lab’s registry.',
      {
        subject: 'parent',
        cure: 'Register the parent first.',
      },
    );
  }
  if (ancestors.some(({ id }) => id === lineId)) {
    throw new RequestError(
      'ValidationError',
      'PARENT_CIRCULAR',
      `"${parent.name}" is derived from this line, or is it.`,
      { subject: 'parent', cure: 'Choose a line that this one was made from.' },
    );
  }
}
