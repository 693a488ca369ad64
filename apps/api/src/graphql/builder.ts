import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import { DateTimeResolver, JSONResolver } from 'graphql-scalars';
import type { Context } from './context.ts';

export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: true;
  Scalars: {
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: unknown; Output: unknown };
  };
}>({
  plugins: [RelayPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  relay: {
    cursorType: 'String',
    clientMutationId: 'omit',
    nodeQueryOptions: {
      description: 'Any one thing by its id; null where the asker may not see it.',
      nullable: true,
      extensions: { rule: 'own rows' },
    },
    nodesQueryOptions: {
      description: 'Things by their ids, in the same order; null for each that the asker may not see.',
      extensions: { rule: 'own rows' },
    },
  },
});

builder.addScalarType('DateTime', DateTimeResolver);
builder.addScalarType('JSON', JSONResolver);
builder.queryType({ description: 'What can be read.' });
builder.mutationType({
  description:
    'What can be changed. Every mutation answers with its result or with an error that names the cure.',
});
builder.subscriptionType({
  description:
    'What is told when it changes, over WebSocket (graphql-ws) alone: first as it is now, then at most twice a second. It ends quietly where the asker may see it no more.',
});
