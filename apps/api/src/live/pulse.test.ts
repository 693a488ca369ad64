import { describe, expect, it } from 'vitest';
import { Pulse } from './pulse.ts';

const job = (id: string) => ({ type: 'Job', id });

describe('a pulse', () => {
  it('asks for everything first, then names what has changed, each once', async () => {
    const pulse = new Pulse();
    expect(await pulse.take()).toEqual({ changes: [], all: true });
    for (const id of ['a', 'b', 'a']) pulse.mark(job(id));
    expect(await pulse.take()).toEqual({ changes: [job('a'), job('b')], all: false });
  });

  it('hands many changes out in few turns, the last included', async () => {
    const pulse = new Pulse();
    let turns = 0;
    let last = '';
    for (let i = 0; last !== '299'; i++) {
      if (i < 300) pulse.mark(job(String(i)));
      if (i % 100 !== 99) continue;
      const heard = await pulse.take();
      if (heard?.all === false) last = heard.changes.at(-1)?.id ?? '';
      turns++;
      // The first turn asks for everything; what it covers is not named again.
      if (turns > 10) break;
    }
    expect(last).toBe('299');
    expect(turns).toBe(3);
  });

  it('asks for everything where changes were missed, or are too many to name', async () => {
    const pulse = new Pulse();
    await pulse.take();
    pulse.mark(job('a'));
    pulse.mark(null);
    expect(await pulse.take()).toEqual({ changes: [], all: true });
    for (let i = 0; i <= 500; i++) pulse.mark(job(String(i)));
    expect(await pulse.take()).toEqual({ changes: [], all: true });
  });

  it('ends while somebody waits', async () => {
    const pulse = new Pulse();
    await pulse.take();
    const waiting = pulse.take();
    pulse.stop();
    expect(await waiting).toBeNull();
  });
});
