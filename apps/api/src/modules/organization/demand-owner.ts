import type { Context } from '../../graphql/context.ts';
import { RequestError } from '../../graphql/request-error.ts';

/** Owners are made, changed and removed by owners alone. @throws ForbiddenError */
export async function demandOwner({ actor, database }: Context, organizationId: string): Promise<void> {
  const own =
    actor.userId === null
      ? null
      : await database.member.findUnique({
          where: { organizationId_userId: { organizationId, userId: actor.userId } },
        });
  if (own?.role === 'OWNER' && own.removedAt === null) return;
  throw new RequestError('ForbiddenError', 'OWNER_NEEDED', 'Only an owner of the lab may do this.', {
    cure: 'Ask an owner of the lab.',
  });
}
