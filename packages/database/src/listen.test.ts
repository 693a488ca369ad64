import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningPostgres, startPostgres } from '@cellmixer/local-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from './client.ts';
import { listen } from './listen.ts';

const folder = mkdtempSync(join(tmpdir(), 'cm-listen-'));
let postgres: RunningPostgres;

beforeAll(async () => {
  postgres = await startPostgres({ folder });
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('listening to a channel', () => {
  it('goes on after its connection was cut, and says that something may have been missed', async () => {
    const database = openDatabase(postgres.url);
    const heard: string[] = [];
    let gaps = 0;
    const listening = await listen({
      url: postgres.url,
      channel: 'Odd "name"',
      onMessage: (payload) => heard.push(payload),
      onGap: () => gaps++,
      onError: () => {},
    });
    const tell = (word: string) => database.$executeRaw`SELECT pg_notify('Odd "name"', ${word})`;
    const arrived = { timeout: 60_000 };
    await tell('one');
    await expect.poll(() => heard, arrived).toEqual(['one']);
    for (const round of [1, 2]) {
      await database.$executeRaw`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cellmixer-listen'`;
      await expect.poll(() => gaps, arrived).toBe(round);
    }
    await tell('two');
    await expect.poll(() => heard, arrived).toEqual(['one', 'two']);
    await listening.stop();
    const left = await database.$queryRaw`
      SELECT pid FROM pg_stat_activity WHERE application_name = 'cellmixer-listen'`;
    expect(left).toEqual([]);
    await database.$disconnect();
  });
});
