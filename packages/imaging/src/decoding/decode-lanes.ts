import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { CellMixerError } from '@cellmixer/errors';
import { damaged, tooLarge } from '../image-errors.ts';
import type { DecodeJob, DecodeReply } from './decode-job.ts';

type Answer = Exclude<DecodeReply, { kind: 'failed' }>;

interface Task {
  readonly job: DecodeJob;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Lane {
  readonly worker: Worker;
  task: Task | null;
  timer: NodeJS.Timeout | undefined;
}

const mostLanes = Math.min(4, availableParallelism());
/** JavaScript's own heap in a lane; rasters lie outside it and are held down by `memoryBytes`. */
const heapMb = 256;

const queue: Task[] = [];
const lanes = new Set<Lane>();

/**
 * Runs a job in a thread of its own, so that a file that takes more than `limits.seconds` can be stopped:
 * its thread is ended. Idle threads do not keep the process alive.
 */
export function decode(job: DecodeJob): Promise<Answer> {
  return new Promise((resolve, reject) => {
    queue.push({ job, resolve, reject });
    startNext();
  });
}

function startNext(): void {
  if (queue.length === 0) return;
  const lane = [...lanes].find(({ task }) => task === null) ?? (lanes.size < mostLanes ? createLane() : null);
  const task = lane ? queue.shift() : undefined;
  if (!lane || !task) return;
  const { name, limits } = task.job;
  lane.task = task;
  lane.timer = setTimeout(() => {
    const error = tooLarge(
      name,
      `reading it took more than ${limits.seconds} seconds and was stopped`,
      'Save it anew as plain TIFF, or allow more seconds.',
    );
    end(lane, error);
  }, limits.seconds * 1000);
  lane.worker.ref();
  lane.worker.postMessage(task.job);
}

function createLane(): Lane {
  const worker = new Worker(new URL('./decode-worker.ts', import.meta.url), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
  });
  const lane: Lane = { worker, task: null, timer: undefined };
  worker.on('message', (reply: DecodeReply) => {
    const { task } = lane;
    if (!task) return;
    lane.task = null;
    clearTimeout(lane.timer);
    worker.unref();
    if (reply.kind === 'failed') task.reject(errorOf(reply, task.job.name));
    else task.resolve(reply);
    startNext();
  });
  const name = (): string => lane.task?.job.name ?? 'picture';
  worker.on('error', (cause) => end(lane, damaged(name(), 'reading it failed', cause)));
  worker.on('exit', () => end(lane, damaged(name(), 'reading it ended before its time')));
  lanes.add(lane);
  return lane;
}

/** Gives the lane up, whatever it is doing. */
function end(lane: Lane, error: Error): void {
  const { task } = lane;
  lane.task = null;
  clearTimeout(lane.timer);
  if (lanes.delete(lane)) void lane.worker.terminate();
  task?.reject(error);
  startNext();
}

function errorOf({ fault }: Extract<DecodeReply, { kind: 'failed' }>, name: string): CellMixerError {
  return new CellMixerError(fault.code, fault.message, {
    subject: name,
    ...(fault.cure === undefined ? {} : { cure: fault.cure }),
    ...(fault.cause === undefined ? {} : { cause: new Error(fault.cause) }),
  });
}
