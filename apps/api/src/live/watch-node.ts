import type { NodeType } from '../access/visible.ts';
import type { Context, Live } from '../graphql/context.ts';
import { see } from '../graphql/demand.ts';
import { loadVisible } from '../graphql/node.ts';
import { RequestError } from '../graphql/request-error.ts';
import { liveStream } from './live-stream.ts';

/** What a subscription tells, and the rights of the moment to resolve it with. */
export interface LiveEvent<Value> {
  readonly context: Context;
  readonly value: Value;
}

/**
 * The row as it is now, and again whenever it changes. Ends quietly where it is deleted or hidden.
 *
 * @throws NotFoundError where the asker does not see it to begin with
 */
export async function watchNode<Row extends { readonly id: string }>(
  context: Context,
  type: NodeType,
  { id }: { readonly id: string },
): Promise<AsyncGenerator<LiveEvent<Row>>> {
  const { changes, renew } = demandLive(context);
  await see(context, type, id);
  return liveStream({
    listen: (ear) => changes.onChangeOf({ type, id }, ear),
    read: async () => {
      const now = await renew();
      const row = now === null ? undefined : (await loadVisible<Row>(now, type, [id])).get(id);
      return now === null || row === undefined ? null : [{ context: now, value: row }];
    },
  });
}

export function demandLive({ live }: Context): Live {
  if (live !== null) return live;
  throw new RequestError('ValidationError', 'SUBSCRIPTION_OVER_HTTP', 'Subscriptions come over WebSocket.', {
    cure: 'Connect to the same address with the graphql-ws protocol.',
  });
}
