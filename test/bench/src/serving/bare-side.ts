/**
 * What a machine can do at best: `session.run` again and again in as many threads, each with a session of its own.
 * Arguments: network's width, side of the pictures, threads, milliseconds. Each line of input asks for one measurement.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { peakMemoryMb } from '../speed/peak-memory.ts';
import type { Measurement } from '../speed/peer-process.ts';
import { type LoopRate, msEach, processorMs, sumDone } from './closed-loop.ts';

const [width = 16, side = 512, threads = 2, ms = 5000] = process.argv.slice(2, 6).map(Number);
const workers = await Promise.all(
  Array.from({ length: threads }, async () => {
    const worker = new Worker(new URL('./bare-worker.ts', import.meta.url), { workerData: { width, side } });
    await once(worker, 'message');
    return worker;
  }),
);

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const _ of createInterface({ input: process.stdin })) {
  const before = processorMs();
  const loops = await Promise.all(workers.map((worker) => measure(worker)));
  const answer: Measurement = {
    ms: msEach(loops),
    processorMs: (processorMs() - before) / sumDone(loops),
    peakMb: peakMemoryMb(),
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
// Between two measurements no thread runs a session, so they may be ended.
await Promise.all(workers.map((worker) => worker.terminate()));

async function measure(worker: Worker): Promise<LoopRate> {
  worker.postMessage(ms);
  const [loop] = await once(worker, 'message');
  return loop;
}
