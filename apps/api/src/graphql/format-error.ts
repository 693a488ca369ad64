import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { toRequestError } from './answer.ts';

/** An asker's mistake keeps its code, message and cure; what is the server's fault is logged and said in general. */
export function formatError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  log: Logger,
): GraphQLFormattedError {
  const known = toRequestError(unwrapResolverError(thrown));
  if (known !== null) {
    const { code, message, cure, subject } = known;
    return { ...formatted, message, extensions: { code, cure, subject } };
  }
  if (formatted.extensions?.code !== 'INTERNAL_SERVER_ERROR') return formatted;
  log.error({ err: unwrapResolverError(thrown), path: formatted.path }, 'a request broke');
  return {
    ...(formatted.path === undefined ? {} : { path: formatted.path }),
    message: 'Something broke on the server; its log tells more.',
    extensions: { code: 'INTERNAL' },
  };
}
