import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloArmor } from '@escape.tech/graphql-armor';
import {
  type DocumentNode,
  GraphQLError,
  parse,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { schema } from '../schema.ts';

/** What a request may be, over HTTP and WebSocket alike; a page holds at most 100, see `connection.ts`. */
export const limits = {
  /** Bytes of a request, variables included: a table of samples of 2 MiB, written as JSON. */
  bytes: 5 * 1024 ** 2,
  /** The same of a message over WebSocket, which carries no tables. */
  messageBytes: 256 * 1024,
  /** Characters of its query. */
  queryLength: 50_000,
  tokens: 3000,
  depth: 12,
  aliases: 15,
  directives: 10,
  /** Fields of the largest answer: those of a page count as often as it asks for rows. */
  cost: 100_000,
} as const;

const armor = new ApolloArmor({
  maxDepth: { n: limits.depth },
  maxAliases: { n: limits.aliases },
  maxDirectives: { n: limits.directives },
  costLimit: { maxCost: limits.cost, depthCostFactor: 1, flattenFragments: true },
  // The parser's own limit does it, without a second parser.
  maxTokens: { enabled: false },
}).protect();

// Typed against the same library's other module format.
export const limitPlugins = armor.plugins as unknown as ApolloServerPlugin[];
export const limitRules: readonly ValidationRule[] = armor.validationRules;
export const parseOptions = { maxTokens: limits.tokens };

/** Null where the query is short enough. */
export function tooLong(query: unknown): GraphQLError | null {
  if (typeof query !== 'string' || query.length <= limits.queryLength) return null;
  return new GraphQLError(
    `The query has ${query.length} characters; at most ${limits.queryLength} are read. Send values as variables.`,
    { extensions: { code: 'QUERY_TOO_LONG' } },
  );
}

/** Reads a query as the server does over HTTP, or says why not. */
export function readDocument(query: string): DocumentNode | readonly GraphQLError[] {
  const refused = tooLong(query);
  if (refused !== null) return [refused];
  try {
    const document = parse(query, parseOptions);
    const errors = validate(schema, document, [...specifiedRules, ...limitRules]);
    return errors.length > 0 ? errors : document;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
