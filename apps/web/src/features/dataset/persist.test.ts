import { describe, expect, it, vi } from 'vitest';
import { persist, type Try } from './persist.ts';

const broken: Try<string> = { ended: false, value: 'broken' };
const never = new AbortController().signal;

/** Lets the pauses pass at once. */
async function atOnce<Value>(work: Promise<Value>): Promise<Value> {
  await vi.runAllTimersAsync();
  return work;
}

describe('what is tried again', () => {
  vi.useFakeTimers();

  it('ends with what came at last, and tells each time that it goes on', async () => {
    const attempt = vi.fn<() => Promise<Try<string>>>().mockResolvedValue({ ended: true, value: 'done' });
    attempt.mockResolvedValueOnce(broken).mockResolvedValueOnce(broken);
    const onAgain = vi.fn(() => true);
    expect(await atOnce(persist(attempt, never, onAgain))).toBe('done');
    expect([attempt.mock.calls.length, onAgain.mock.calls.length]).toEqual([3, 2]);
  });

  it('ends with its problem where nothing helps, or where another try is not worth it', async () => {
    const attempt = vi.fn(async () => broken);
    expect(await atOnce(persist(attempt, never, () => true))).toBe('broken');
    expect(attempt).toHaveBeenCalledTimes(5);
    attempt.mockClear();
    expect(await atOnce(persist(attempt, never, () => false))).toBe('broken');
    expect(attempt).toHaveBeenCalledTimes(1);
  });

  it('stops in the midst of a pause', async () => {
    const stopping = new AbortController();
    const attempt = vi.fn(async () => broken);
    const work = persist(attempt, stopping.signal, () => true);
    await vi.advanceTimersByTimeAsync(500);
    stopping.abort();
    expect(await work).toBe('broken');
    expect(attempt).toHaveBeenCalledTimes(1);
  });
});
