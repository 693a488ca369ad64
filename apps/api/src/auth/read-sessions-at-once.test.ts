import type { Database } from '@cellmixer/database';
import { StatementWatch } from '@cellmixer/database/testing';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenWorld, openWorld } from '../testing/open-world.ts';
import { readSessionsAtOnce } from './read-sessions-at-once.ts';

let opened: OpenWorld;
let database: Database;
const watch = new StatementWatch();

beforeAll(async () => {
  opened = await openWorld();
  ({ database } = opened);
  const userId = opened.world.actors.get('editor')?.userId ?? '';
  const expiresAt = new Date('2031-02-03T04:05:06.789Z');
  await database.session.create({ data: { userId, token: 'known', expiresAt, userAgent: 'a browser' } });
});
afterAll(async () => {
  watch.stop();
  await opened?.[Symbol.asyncDispose]();
});

describe('a session and whose it is', () => {
  const theirs = () => prismaAdapter(database, { provider: 'postgresql', transaction: true })({});
  const ours = () => readSessionsAtOnce(theirs(), database);
  const question = (token: string) => ({
    model: 'session',
    where: [{ field: 'token', value: token }],
    join: { user: true },
  });

  it('are what better-auth itself reads, by one statement', async () => {
    const expected = await theirs().findOne(question('known'));
    expect(expected).toMatchObject({ token: 'known', user: { name: 'editor' } });
    watch.take();
    expect(await ours().findOne(question('known'))).toEqual(expected);
    expect(watch.take()).toHaveLength(1);
  });

  it('are not there for a token of nobody', async () => {
    expect(await ours().findOne(question('unknown'))).toBeNull();
  });

  it('leave every other question to better-auth', async () => {
    const others = [
      { model: 'user', where: [{ field: 'name', value: 'editor' }] },
      { model: 'session', where: [{ field: 'token', value: 'known' }] },
      { model: 'session', where: [{ field: 'token', value: 'kno', operator: 'starts_with' as const }] },
    ];
    for (const other of others) {
      const expected = await theirs().findOne(other);
      expect(expected).not.toBeNull();
      expect(await ours().findOne(other)).toEqual(expected);
    }
  });
});
