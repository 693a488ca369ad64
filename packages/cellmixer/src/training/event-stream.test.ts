import { expect, it } from 'vitest';
import { eventStream } from './event-stream.ts';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

it('hands on every event in order and returns the result', async () => {
  const stream = eventStream<number, string>(async (emit) => {
    emit(1);
    await tick();
    emit(2);
    emit(3);
    return 'done';
  });
  const seen: number[] = [];
  let next = await stream.next();
  while (!next.done) {
    seen.push(next.value);
    next = await stream.next();
  }
  expect(seen).toEqual([1, 2, 3]);
  expect(next.value).toBe('done');
});

it('hands on what was emitted before a failure, then fails', async () => {
  const stream = eventStream<number, void>(async (emit) => {
    emit(1);
    throw new Error('broken');
  });
  expect((await stream.next()).value).toBe(1);
  await expect(stream.next()).rejects.toThrow('broken');
});

it('aborts the work where the loop is left early, and waits for its end', async () => {
  let ended = false;
  const stream = eventStream<number, void>(async (emit, signal) => {
    for (let i = 0; !signal.aborted; i++) {
      emit(i);
      await tick();
    }
    ended = true;
  });
  for await (const value of stream) if (value === 2) break;
  expect(ended).toBe(true);
});

it('passes the abort of the caller on', async () => {
  const controller = new AbortController();
  const stream = eventStream<number, boolean>(async (_, signal) => {
    while (!signal.aborted) await tick();
    return true;
  }, controller.signal);
  const result = stream.next();
  controller.abort();
  expect(await result).toEqual({ done: true, value: true });
});
