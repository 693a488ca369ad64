import { setTimeout as pause } from 'node:timers/promises';
import type { Change } from '@cellmixer/jobs';
import { toRequestError } from '../graphql/answer.ts';
import { type Heard, Pulse } from './pulse.ts';

export interface LiveStreamOptions<Event> {
  /** Begins to hear of changes. @returns ends it */
  readonly listen: (ear: (change: Change | null) => void) => () => void;
  /** Reads what is to be told. Null ends the stream quietly. */
  readonly read: (heard: Heard) => Promise<readonly Event[] | null>;
}

/** Readings that may fail one after another, a second apart: a database that starts again takes that long. */
const MOST_FAILURES = 30;

/** Events of a subscription: begins with what is there now, and goes on with what changes. */
export function liveStream<Event>({ listen, read }: LiveStreamOptions<Event>): AsyncGenerator<Event> {
  const pulse = new Pulse();
  const deafen = listen((change) => pulse.mark(change));
  const ready: Event[] = [];
  const end = (): IteratorResult<Event> => {
    deafen();
    pulse.stop();
    ready.length = 0;
    return { done: true, value: undefined };
  };

  return {
    async next() {
      for (;;) {
        const event = ready.shift();
        if (event !== undefined) return { done: false, value: event };
        const heard = await pulse.take();
        const events = heard === null ? null : await readOrRetry(heard);
        if (events === null) return end();
        ready.push(...events);
      }
    },
    // Not a generator function: its return() would wait for the next change.
    async return() {
      return end();
    },
    async throw(error) {
      end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      end();
    },
  };

  async function readOrRetry(heard: Heard): Promise<readonly Event[] | null> {
    for (let failures = 1; ; failures++) {
      try {
        return await read(heard);
      } catch (error) {
        if (toRequestError(error) !== null || failures === MOST_FAILURES) {
          end();
          throw error;
        }
        await pause(1000);
      }
    }
  }
}
