import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { OrganizationNode } from './organization.type.ts';

export const Viewer = builder.objectRef<Context>('Viewer').implement({
  description: 'Who asks.',
  fields: (t) => ({
    kind: t.string({
      description: 'person, key, reviewer or anonymous.',
      resolve: ({ actor }) => actor.kind,
    }),
    name: t.string({
      nullable: true,
      description: 'The person, or the owner of the key.',
      resolve: async ({ actor, database }) =>
        actor.userId === null
          ? null
          : ((await database.user.findUnique({ where: { id: actor.userId } }))?.name ?? null),
    }),
    email: t.string({
      nullable: true,
      description: 'What the person signs in with.',
      resolve: async ({ actor, database }) =>
        actor.kind !== 'person' || actor.userId === null
          ? null
          : ((await database.user.findUnique({ where: { id: actor.userId } }))?.email ?? null),
    }),
    organizations: t.field({
      type: [OrganizationNode],
      description: 'The labs that the asker is in.',
      resolve: ({ actor }) => [...actor.organizations.keys()],
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: Viewer,
    description: 'Who asks, and where this person or key belongs.',
    extensions: { rule: 'own rows' },
    resolve: (_root, _args, context) => context,
  }),
);

builder.queryField('organization', (t) =>
  t.field({
    type: OrganizationNode,
    nullable: true,
    description: 'A lab by its id.',
    extensions: { rule: 'organization.see' },
    args: { id: t.arg.globalID({ for: OrganizationNode }) },
    resolve: (_root, { id }) => id.id,
  }),
);
