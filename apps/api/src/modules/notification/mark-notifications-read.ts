import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { NotificationNode } from './notification.type.ts';

const Payload = definePayload<{ readonly count: number }>('markNotificationsRead').implement({
  description: 'What was marked.',
  fields: (t) => ({ count: t.exposeInt('count', { description: 'How many were unread until now.' }) }),
});

const Input = builder.inputType('MarkNotificationsReadInput', {
  description: 'Which news.',
  fields: (t) => ({
    notifications: t.globalIDList({
      for: NotificationNode,
      required: false,
      description: 'These; the whole inbox where it is left out.',
    }),
  }),
});

builder.mutationField('markNotificationsRead', (t) =>
  t.field({
    type: defineResult('markNotificationsRead', Payload),
    description: 'Marks the asker’s own news as read.',
    extensions: { rule: 'own rows' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, { actor, database }) =>
      answer(async () => {
        if (actor.kind !== 'person' || actor.userId === null) {
          throw new RequestError('ForbiddenError', 'ACTOR_UNKNOWN', 'Only people have an inbox.', {
            cure: 'Sign in.',
          });
        }
        const named = input.notifications?.map((notification) => notification.id);
        return database.notification.updateMany({
          where: {
            userId: actor.userId,
            readAt: null,
            ...(named === undefined ? {} : { id: { in: named } }),
          },
          data: { readAt: new Date() },
        });
      }),
  }),
);
