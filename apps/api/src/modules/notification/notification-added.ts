import { type Notification, Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { loadVisible } from '../../graphql/node.ts';
import { liveStream } from '../../live/live-stream.ts';
import { demandLive, type LiveEvent } from '../../live/watch-node.ts';
import { NotificationNode } from './notification.type.ts';

builder.subscriptionField('notificationAdded', (t) =>
  t.field({
    type: NotificationNode,
    description: 'Each new notification of the asker, from the moment of subscribing.',
    extensions: { rule: 'own rows' },
    subscribe: (_root, _args, context) => watchNotifications(context),
    resolve: ({ value }) => value,
  }),
);

/** Milliseconds by which the clocks of transactions that end at the same time may be apart. */
const OVERLAP = 60_000;

function watchNotifications(context: Context): AsyncGenerator<LiveEvent<Notification>> {
  const { changes, renew } = demandLive(context);
  const begun = new Date();
  const told = new Set<string>();
  let heardUntil = begun;
  return liveStream({
    listen: (ear) =>
      changes.onAnyChange((change) => {
        if (change === null || change.type === 'Notification') ear(change);
      }),
    read: async (heard) => {
      const now = await renew();
      if (now === null) return null;
      const since = new Date(Math.max(begun.getTime(), heardUntil.getTime() - OVERLAP));
      heardUntil = new Date();
      const rows = heard.all
        ? await readSince(now, since)
        : [
            ...(
              await loadVisible<Notification>(
                now,
                'Notification',
                heard.changes.map(({ id }) => id),
              )
            ).values(),
          ];
      const fresh = rows.filter((row) => row.createdAt >= begun && row.readAt === null && !told.has(row.id));
      for (const { id } of fresh) told.add(id);
      return fresh.map((value) => ({ context: now, value }));
    },
  });
}

function readSince({ actor, database }: Context, since: Date): Promise<Notification[]> {
  return database.$queryRaw<Notification[]>(Prisma.sql`
    SELECT t.* FROM "Notification" t WHERE ${visible(actor, 'Notification')} AND t."createdAt" >= ${since}
    ORDER BY t."createdAt", t.id LIMIT 100`);
}
