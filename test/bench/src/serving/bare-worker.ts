import { parentPort, workerData } from 'node:worker_threads';
import { openModel } from '@cellmixer/nn';
import { randomNetwork, randomPicture } from '../speed/inference-network.ts';
import { repeatFor } from './closed-loop.ts';

/** One thread of the bare side: a session of its own that runs in this very thread. */
const { width, side }: { readonly width: number; readonly side: number } = workerData;
const model = await openModel(randomNetwork(width), { provider: 'cpu', threads: 1, worker: false });
const picture = randomPicture(side, side);
await model.predict(picture, 1, side, side);
parentPort?.on('message', async (ms: number) => {
  parentPort?.postMessage(await repeatFor(ms, () => model.predict(picture, 1, side, side)));
});
parentPort?.postMessage('ready');
