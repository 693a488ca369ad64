import type { Actor } from '../access/actor.ts';
import { can, type Place } from '../access/can.ts';
import { type Action, actionWords } from '../access/table.ts';
import type { NodeType } from '../access/visible.ts';
import type { Context } from './context.ts';
import { loadVisible, notFound } from './node.ts';
import { RequestError } from './request-error.ts';

/** @throws ForbiddenError unless the table allows it; the place is one that the actor may see */
export function demand(actor: Actor, action: Action, place: Place): void {
  if (can(actor, action, place)) return;
  if (actor.kind === 'anonymous') throw unknownActor();
  throw new RequestError(
    'ForbiddenError',
    'ACTION_FORBIDDEN',
    `You may look here, but not ${actionWords[action]}.`,
    {
      subject: action,
      cure: 'Ask a manager of the project or an admin of the lab to do it, or for a role that may.',
    },
  );
}

/** The row, if the actor may see it. @throws NotFoundError otherwise; ForbiddenError where nobody is signed in */
export async function see<Row extends { readonly id: string }>(
  context: Context,
  type: NodeType,
  id: { readonly id: string } | string,
): Promise<Row> {
  const plain = typeof id === 'string' ? id : id.id;
  const row = (await loadVisible<Row>(context, type, [plain])).get(plain);
  // Whose session has ended must not read that their lab is gone.
  if (row === undefined) throw context.actor.kind === 'anonymous' ? unknownActor() : notFound(type);
  return row;
}

function unknownActor(): RequestError {
  return new RequestError('ForbiddenError', 'ACTOR_UNKNOWN', 'Nobody is signed in.', { cure: 'Sign in.' });
}
