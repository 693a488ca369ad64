import { ApolloClient, ApolloLink, gql, InMemoryCache } from '@apollo/client';
import { Observable } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askAgain } from './ask-again.ts';
import { untilUp } from './connection.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('askAgain', () => {
  it('tells of a server that says nothing, lets go of the question, and asks it again when it is back', async () => {
    const server = hangingServer();
    const answer = server.client.query({ query: gql('{ viewer }') });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(server).toMatchObject({ asked: 1, letGo: 1 });
    const back = vi.fn();
    void untilUp(new AbortController().signal).then(back);
    await vi.advanceTimersByTimeAsync(5000);
    expect(back).not.toHaveBeenCalled();
    server.hangs = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(back).toHaveBeenCalled();
    expect((await answer).data).toEqual({ viewer: 'Ada' });
    expect(server.asked).toBe(2);
  });

  it('sends a mutation once, however long it takes', async () => {
    const server = hangingServer();
    void server.client.mutate({ mutation: gql('mutation { rename }') });
    await vi.advanceTimersByTimeAsync(30_000);
    server.hangs = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(server).toMatchObject({ asked: 1, letGo: 0 });
  });

  it('waits on for a long answer of a server that answers short ones', async () => {
    const server = hangingServer();
    server.probes = true;
    const back = vi.fn();
    void server.client.query({ query: gql('{ viewer }') });
    await vi.advanceTimersByTimeAsync(60_000);
    void untilUp(new AbortController().signal).then(back);
    await vi.advanceTimersByTimeAsync(0);
    expect(back).toHaveBeenCalled();
    expect(server).toMatchObject({ asked: 1, letGo: 0 });
  });
});

/** A client of a server that takes what is sent and says nothing, until `hangs` is set otherwise. */
function hangingServer() {
  vi.useFakeTimers();
  const server = { hangs: true, probes: false, asked: 0, letGo: 0 };
  vi.stubGlobal('fetch', async () => {
    if (server.hangs && !server.probes) throw new TypeError('no answer');
    return new Response('{}');
  });
  const says = new ApolloLink(
    () =>
      new Observable((observer) => {
        server.asked++;
        if (server.hangs) return () => void server.letGo++;
        observer.next({ data: { viewer: 'Ada' } });
        observer.complete();
        return undefined;
      }),
  );
  const client = new ApolloClient({ link: askAgain().concat(says), cache: new InMemoryCache() });
  return Object.assign(server, { client });
}
