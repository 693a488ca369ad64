/**
 * The model server under as many clients, all in this process, that ask again as soon as they are answered.
 * Arguments: network's width, side of the pictures, milliseconds, clients. Each line of input asks for one measurement.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createInferencePredictor } from '@cellmixer/inference-client';
import { randomNetwork, randomPicture } from '../speed/inference-network.ts';
import type { Measurement } from '../speed/peer-process.ts';
import { msEach, processorMs, repeatFor, sumDone } from './closed-loop.ts';
import { startServer } from './start-server.ts';

const [width = 16, side = 512, ms = 5000, clients = 8] = process.argv.slice(2, 6).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'bench-serving-'));
mkdirSync(join(folder, 'cells', '1'), { recursive: true });
writeFileSync(join(folder, 'cells', '1', 'model.onnx'), randomNetwork(width));
const server = await startServer(folder);
const predictors = await Promise.all(
  Array.from({ length: clients }, () => createInferencePredictor({ url: server.url, model: 'cells' })),
);
const pictures = predictors.map((_, seed) => randomPicture(side, side, seed));
// Every lane opens the network before anything is timed.
await measure(1000);

process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
for await (const _ of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(await measure(ms))}\n`);
await server.close();
rmSync(folder, { recursive: true });

async function measure(duration: number): Promise<Measurement> {
  const before = processorMs() + server.processorMs();
  const loops = await Promise.all(
    predictors.map((predictor, i) =>
      repeatFor(duration, () => predictor.predict(pictures[i]!, 1, side, side)),
    ),
  );
  const used = processorMs() + server.processorMs() - before;
  return { ms: msEach(loops), processorMs: used / sumDone(loops), peakMb: server.peakMb() };
}
