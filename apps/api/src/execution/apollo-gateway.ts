import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import type { GraphQLSchema } from 'graphql';
import { noteReading } from '../graphql/columns.ts';
import { executeByLevel } from './execute-by-level.ts';

type Gateway = NonNullable<ApolloServerOptions<BaseContext>['gateway']>;

/** Has Apollo Server run its operations level by level. A gateway is the one place where it takes another executor. */
export function runByLevel(schema: GraphQLSchema): Gateway {
  return {
    load: async () => ({
      executor: async ({ document, request, context }) => {
        const { variables, operationName } = request;
        noteReading(context, schema, document);
        // The same with plain objects for its maps.
        return executeByLevel({
          schema,
          document,
          contextValue: context,
          variableValues: variables,
          operationName,
        }) as ReturnType<NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>>;
      },
    }),
    onSchemaLoadOrUpdate(tell) {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    stop: async () => {},
  };
}
