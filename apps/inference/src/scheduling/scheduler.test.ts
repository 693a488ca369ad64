import type { Predictions } from '@cellmixer/nn';
import { describe, expect, it } from 'vitest';
import { type Batch, type BatchReport, Scheduler } from './scheduler.ts';

const side = 4;
const picture = (value: number) => new Float32Array(side * side).fill(value);

/** A scheduler over lanes that run until they are told to stop; a run gives back its pictures, and twice their values. */
function setUp(lanes: number) {
  const runs: { readonly model: string; readonly batch: Batch; end(error?: Error): Promise<void> }[] = [];
  const reports: BatchReport[] = [];
  const scheduler = new Scheduler({
    lanes: () => lanes,
    limits: () => ({ pictures: 8, pixels: 1e6 }),
    report: (report) => reports.push(report),
    run: (model, batch) => {
      const { promise, resolve, reject } = Promise.withResolvers<Predictions>();
      const end = async (error?: Error) => {
        if (error !== undefined) reject(error);
        else resolve({ foreground: batch.images.slice(), types: batch.images.map((value) => 2 * value) });
        await turn();
      };
      runs.push({ model, batch, end });
      return promise;
    },
  });
  const submit = (model: string, value: number, signal = new AbortController().signal) =>
    scheduler.submit(model, { images: picture(value), count: 1, height: side, width: side, signal });
  return { scheduler, runs, reports, submit };
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('Scheduler', () => {
  it('starts at once where a lane is free, without waiting for company', async () => {
    const { runs, submit } = setUp(2);
    const first = submit('m', 1);
    await turn();
    expect(runs.map(({ batch }) => batch.count)).toEqual([1]);
    const second = submit('m', 2);
    await turn();
    expect(runs.map(({ batch }) => batch.count)).toEqual([1, 1]);
    for (const run of runs) await run.end();
    expect((await first).foreground).toEqual(picture(1));
    expect((await second).types).toEqual(picture(4));
  });

  it('runs together what gathered while the lane was busy, and gives each its own', async () => {
    const { scheduler, runs, reports, submit } = setUp(1);
    const first = submit('m', 1);
    await turn();
    const others = [2, 3, 4].map((value) => submit('m', value));
    await turn();
    expect([runs.length, scheduler.depth]).toEqual([1, 3]);
    await runs[0]?.end();
    expect([runs[1]?.batch.count, scheduler.depth]).toEqual([3, 0]);
    await runs[1]?.end();
    expect((await first).foreground).toEqual(picture(1));
    expect((await Promise.all(others)).map(({ types }) => types[5])).toEqual([4, 6, 8]);
    expect(reports.map(({ pictures, pixels }) => [pictures, pixels])).toEqual([
      [1, 16],
      [3, 48],
    ]);
  });

  it('never runs two models together, and lets a flood for one not hold up another', async () => {
    const { runs, submit } = setUp(1);
    const flood = Array.from({ length: 20 }, () => submit('a', 1));
    await turn();
    const lone = submit('b', 5);
    for (let i = 0; i < 3; i++) await runs[i]?.end();
    expect(runs.slice(0, 3).map(({ model }) => model)).toContain('b');
    expect((await lone).foreground).toEqual(picture(5));
    for (let i = 3; i < runs.length; i++) await runs[i]?.end();
    await Promise.all(flood);
  });

  it('forgets a job whose client left, and leaves its neighbours alone', async () => {
    const { scheduler, runs, submit } = setUp(1);
    const first = submit('m', 1);
    await turn();
    const leaving = new AbortController();
    const gone = submit('m', 2, leaving.signal);
    const stays = submit('m', 3);
    leaving.abort(new Error('left'));
    await expect(gone).rejects.toThrow('left');
    expect(scheduler.depth).toBe(1);
    await runs[0]?.end();
    expect(runs[1]?.batch.count).toBe(1);
    await runs[1]?.end();
    expect((await stays).foreground).toEqual(picture(3));
    await first;
  });

  it('tells all of a batch that failed, and goes on', async () => {
    const { runs, submit } = setUp(1);
    const failing = submit('m', 1);
    await turn();
    const next = submit('m', 2);
    const refused = expect(failing).rejects.toThrow('no memory');
    await runs[0]?.end(new Error('no memory'));
    await refused;
    await runs[1]?.end();
    expect((await next).foreground).toEqual(picture(2));
  });
});
