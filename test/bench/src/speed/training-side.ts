/**
 * Our side of `bench:training`: one training, a step per line of input.
 * Arguments: width, images, side, threads, lowering (`auto` or `portable`).
 */
import { createInterface } from 'node:readline';
import { createTrainer, defaultUNet } from '@cellmixer/nn';
import { createRandom } from '@cellmixer/pixels';
import { peakMemoryMb } from './peak-memory.ts';

const [width = 16, images = 8, side = 128, threads = 2] = process.argv.slice(2, 6).map(Number);
const types = 3;
const area = side * side;

const trainer = await createTrainer({
  network: defaultUNet({ inputChannels: 1, types, width, levels: 4 }),
  batch: images,
  group: 4,
  height: side,
  width: side,
  seed: 0,
  provider: 'cpu',
  lanes: threads,
  lowering: process.argv[6] === 'portable' ? 'portable' : 'auto',
});

const random = createRandom(0);
const batch = {
  count: images,
  height: side,
  width: side,
  images: Float32Array.from({ length: images * area }, () => random.normal()),
  foreground: Float32Array.from({ length: images * area }, () => (random.next() < 0.4 ? 1 : 0)),
  types: new Float32Array(images * types * area),
  weight: new Float32Array(images * area).fill(1),
};
for (let n = 0; n < images; n++) {
  for (let i = 0; i < area; i++) batch.types[(n * types + random.integer(types)) * area + i] = 1;
}

answer({ ready: true, lowering: trainer.lowering, lanes: trainer.lanes });
for await (const _ of createInterface({ input: process.stdin })) {
  const begin = performance.now();
  const { loss } = await trainer.trainStep(batch, 1e-3);
  answer({ ms: performance.now() - begin, loss, peakMb: peakMemoryMb() });
}
await trainer.close();

function answer(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
