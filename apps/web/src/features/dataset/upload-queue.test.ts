import { describe, expect, it } from 'vitest';
import { changeQueue, type QueuedFile } from './upload-queue.ts';

const file = (name: string) => new File(['x'], name, { lastModified: 1 });
const add = (queue: readonly QueuedFile[], ...names: string[]) =>
  changeQueue(queue, { kind: 'add', files: names.map(file) });

describe('the queue of uploads', () => {
  it('takes a file once, however often it is dropped', () => {
    expect(add(add([], 'a.png', 'b.png'), 'b.png', 'c.png').map((one) => one.file.name)).toEqual([
      'a.png',
      'b.png',
      'c.png',
    ]);
  });

  it('sends again what failed, and nothing else', () => {
    let queue = add([], 'a.png', 'b.png');
    const [a, b] = queue;
    queue = changeQueue(queue, {
      kind: 'change',
      key: a?.key ?? '',
      change: { state: 'failed', problem: 'no' },
    });
    queue = changeQueue(queue, { kind: 'change', key: b?.key ?? '', change: { state: 'sent' } });
    expect(changeQueue(queue, { kind: 'retry' }).map(({ state, problem }) => [state, problem])).toEqual([
      ['waiting', null],
      ['sent', null],
    ]);
  });

  it('forgets what has ended', () => {
    const [a] = add([], 'a.png');
    const queue = changeQueue(add([], 'a.png', 'b.png'), {
      kind: 'change',
      key: a?.key ?? '',
      change: { state: 'sent' },
    });
    expect(changeQueue(queue, { kind: 'clear' }).map((one) => one.file.name)).toEqual(['b.png']);
  });
});
