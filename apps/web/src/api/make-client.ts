import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { createClient } from 'graphql-ws';
import { from, mergeMap, of, tap, throwError } from 'rxjs';
import { possibleTypes } from '#graphql/possible-types.ts';
import { askAgain } from './ask-again.ts';
import { tellConnection } from './connection.ts';
import type { Problem } from './problem.ts';
import { onSignedInAgain, signInAgain } from './sign-in-again.ts';

/** Apollo as the browser has it: same origin, HTTP for questions, one WebSocket for subscriptions, opened with the first. */
export function makeClient(): ApolloClient {
  return new ApolloClient({
    link: ApolloLink.from([
      watchErrors(),
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        webSocket(),
        ApolloLink.from([askAgain(), new HttpLink({ uri: '/graphql', credentials: 'same-origin' })]),
      ),
    ]),
    cache: new InMemoryCache({ possibleTypes }),
    devtools: { enabled: false },
  });
}

/** Says when the server is out of reach. Whoever's session has ended signs in, and what was asked is asked again. */
function watchErrors(): ApolloLink {
  const watch = new ErrorLink(({ error, result, operation, forward }) => {
    if (!CombinedGraphQLErrors.is(error)) return tellConnection(false);
    if (!error.errors.some(({ extensions }) => extensions?.code === 'ACTOR_UNKNOWN')) return;
    const insist = operation.operationType === OperationTypeNode.MUTATION;
    return from(signInAgain(insist)).pipe(
      mergeMap((signedIn) =>
        signedIn ? forward(operation) : result === undefined ? throwError(() => error) : of(result),
      ),
    );
  });
  const alive = new ApolloLink((operation, forward) =>
    forward(operation).pipe(tap(() => tellConnection(true))),
  );
  return ApolloLink.from([watch, alive]);
}

function webSocket(): ApolloLink {
  const url = () => `${location.origin.replace(/^http/, 'ws')}/graphql`;
  const socket = createClient({
    url,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    on: { connected: () => tellConnection(true), error: () => tellConnection(false) },
  });
  // An open one speaks for whoever has opened it.
  onSignedInAgain(() => socket.terminate());
  return new GraphQLWsLink(socket);
}

/** What came instead of an answer: words of the server, or null where there was none. */
export function problemOf(error: unknown): Problem | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const first = error.errors[0];
  const { code, cure, subject } = first?.extensions ?? {};
  return {
    code: String(code ?? 'INTERNAL'),
    message: first?.message ?? 'Something broke on the server.',
    cure: typeof cure === 'string' ? cure : null,
    subject: typeof subject === 'string' ? subject : null,
  };
}
