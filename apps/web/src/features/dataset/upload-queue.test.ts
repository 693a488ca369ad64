import { describe, expect, it } from 'vitest';
import { changeQueue, type QueuedFile } from './upload-queue.ts';

const found = (path: string) => ({
  path,
  key: path,
  size: 1,
  file: new File(['x'], path.split('/').at(-1) ?? path),
});
const add = (queue: readonly QueuedFile[], ...paths: string[]) =>
  changeQueue(queue, { kind: 'add', files: paths.map(found) });
const pathsOf = (queue: readonly QueuedFile[]) => queue.map(({ path }) => path);

describe('the queue of uploads', () => {
  it('takes a file once, however often it is dropped', () => {
    expect(pathsOf(add(add([], 'a.png', 'b.png'), 'b.png', 'c.png'))).toEqual(['a.png', 'b.png', 'c.png']);
  });

  it('sends again what failed, and nothing else', () => {
    let queue = add([], 'a.png', 'b.png');
    const [a, b] = queue.map(({ key }) => key);
    queue = changeQueue(queue, { kind: 'change', keys: [a!], change: { state: 'failed', problem: 'no' } });
    queue = changeQueue(queue, { kind: 'change', keys: [b!], change: { state: 'sent' } });
    expect(changeQueue(queue, { kind: 'retry' }).map(({ state, problem }) => [state, problem])).toEqual([
      ['waiting', null],
      ['sent', null],
    ]);
  });

  it('stops what waits, and says so; what is under way ends by itself', () => {
    let queue = add([], 'a.png', 'b.png');
    queue = changeQueue(queue, { kind: 'change', keys: [queue[0]!.key], change: { state: 'sending' } });
    expect(changeQueue(queue, { kind: 'stop' }).map(({ state, problem }) => [state, problem])).toEqual([
      ['sending', null],
      ['failed', 'Stopped.'],
    ]);
  });

  it('forgets what has ended', () => {
    const [a] = add([], 'a.png');
    const queue = changeQueue(add([], 'a.png', 'b.png'), {
      kind: 'change',
      keys: [a?.key ?? ''],
      change: { state: 'there' },
    });
    expect(pathsOf(changeQueue(queue, { kind: 'clear' }))).toEqual(['b.png']);
  });
});
