/**
 * Our side of `bench:inference`: a picture per line of input through an exported network.
 * Arguments: width, picture height, picture width, threads.
 */
import { createInterface } from 'node:readline';
import { openModel } from '@cellmixer/nn';
import { randomNetwork, randomPicture } from './inference-network.ts';
import { peakMemoryMb } from './peak-memory.ts';

const [width = 16, height = 520, across = 704, threads = 2] = process.argv.slice(2, 6).map(Number);

const model = await openModel(randomNetwork(width), { provider: 'cpu', threads, lanes: 1 });
const picture = randomPicture(height, across);

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const _ of createInterface({ input: process.stdin })) {
  const begin = performance.now();
  await model.predict(picture, 1, height, across);
  process.stdout.write(`${JSON.stringify({ ms: performance.now() - begin, peakMb: peakMemoryMb() })}\n`);
}
await model.close();
