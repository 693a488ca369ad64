/**
 * Our side of `bench:inference`: a picture per line of input through an exported network.
 * Arguments: width, picture height, picture width, threads.
 */
import { createInterface } from 'node:readline';
import { buildInferenceGraph, defaultUNet, networkLayout, openModel } from '@cellmixer/nn';
import { createRandom } from '@cellmixer/pixels';
import { peakMemoryMb } from './peak-memory.ts';

const [width = 16, height = 520, across = 704, threads = 2] = process.argv.slice(2, 6).map(Number);

const network = defaultUNet({ inputChannels: 1, types: 3, width, levels: 4 });
const layout = networkLayout(network);
const statistics = new Float32Array(layout.statisticsCount);
for (const { offset, channels } of layout.norms) statistics.fill(1, offset + channels, offset + 2 * channels);
const random = createRandom(0);
const parameters = Float32Array.from({ length: layout.parameterCount }, () => 0.1 * random.normal());
const file = buildInferenceGraph({ network, parameters, statistics }, {});
const model = await openModel(file, { provider: 'cpu', threads, lanes: 1 });
const picture = Float32Array.from({ length: height * across }, () => random.normal());

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const _ of createInterface({ input: process.stdin })) {
  const begin = performance.now();
  await model.predict(picture, 1, height, across);
  process.stdout.write(`${JSON.stringify({ ms: performance.now() - begin, peakMb: peakMemoryMb() })}\n`);
}
await model.close();
