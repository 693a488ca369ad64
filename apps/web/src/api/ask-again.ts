import { ApolloLink } from '@apollo/client';
import { OperationTypeNode } from 'graphql';
import { Observable } from 'rxjs';
import { answers, tellConnection, untilUp } from './connection.ts';

/** After how long (ms) without an answer the server is asked whether it answers at all. */
const PATIENCE = 10_000;

/**
 * What is sent and finds no answer, because the server takes connections and then says nothing: that is told, long before
 * the browser or a proxy gives up. A question is let go of and asked again once the server is back; a mutation may have
 * been done, so it goes on waiting for its own answer. A server that is at work on a long one still answers a short one.
 */
export function askAgain(patience = PATIENCE): ApolloLink {
  return new ApolloLink(
    (operation, forward) =>
      new Observable((observer) => {
        const over = new AbortController();
        // Not the observer itself: it would be closed with the first one that is let go of.
        const send = () =>
          forward(operation).subscribe({
            next: (result) => observer.next(result),
            error: (error: unknown) => observer.error(error),
            complete: () => observer.complete(),
          });
        let sent = send();
        const watch = async () => {
          while (await stillWaits(patience, over.signal)) {
            if ((await answers(over.signal)) || over.signal.aborted) continue;
            tellConnection(false);
            if (operation.operationType !== OperationTypeNode.QUERY) return;
            sent.unsubscribe();
            await untilUp(over.signal);
            if (!over.signal.aborted) sent = send();
          }
        };
        void watch();
        return () => {
          over.abort();
          sent.unsubscribe();
        };
      }),
  );
}

/** @returns after `ms`, or false at once when the signal says that it is over */
function stillWaits(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((done) => {
    if (signal.aborted) return done(false);
    const timer = setTimeout(() => done(true), ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done(false);
    });
  });
}
