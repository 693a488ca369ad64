import { parentPort, workerData } from 'node:worker_threads';
import { type BatchReply, type BatchRequest, composeBatch, type WorkerStart } from './compose-batch.ts';
import { composerOf } from './compose-sample.ts';

const { stock, recipe, seed, batch }: WorkerStart = workerData;
const composer = composerOf(stock, recipe, seed);

parentPort?.on('message', ({ id, step, maskGeneration }: BatchRequest) => {
  try {
    const made = composeBatch(composer, stock, recipe, batch, step, maskGeneration);
    const reply: BatchReply = { id, batch: made };
    const arrays = [made.images, made.foreground, made.types, made.weight];
    parentPort?.postMessage(
      reply,
      arrays.map((array) => array.buffer as ArrayBuffer),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reply: BatchReply = { id, message };
    parentPort?.postMessage(reply);
  }
});
