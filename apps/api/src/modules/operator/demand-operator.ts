import type { Context } from '../../graphql/context.ts';
import { RequestError } from '../../graphql/request-error.ts';

export async function isOperator({ actor, database }: Context): Promise<boolean> {
  if (actor.kind !== 'person' || actor.userId === null) return false;
  return (await database.user.findUnique({ where: { id: actor.userId } }))?.operator ?? false;
}

/** @throws ForbiddenError unless the asker runs the server */
export async function demandOperator(context: Context): Promise<void> {
  if (await isOperator(context)) return;
  throw new RequestError(
    'ForbiddenError',
    'OPERATOR_NEEDED',
    'Only the operator of the server may do this.',
    {
      cure: 'Ask whoever runs the server.',
    },
  );
}
