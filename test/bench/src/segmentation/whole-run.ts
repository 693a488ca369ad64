/**
 * One segmentation of a large picture in a process of its own, for its peak memory:
 * `whole-run.ts <model.onnx> <width> <height>` prints one line of JSON.
 */
import { readFileSync } from 'node:fs';
import { segmentImage } from '@cellmixer/cellmixer';
import { openModel } from '@cellmixer/nn';
import { cellDiameter, types } from './brief-model.ts';
import { largePicture } from './large-picture.ts';

export interface WholeRun {
  readonly seconds: number;
  /** Peak of the process's resident set. */
  readonly peakGib: number;
  readonly cells: number;
  readonly overhead: number;
}

const [file, width, height] = process.argv.slice(2);
const predictor = await openModel(readFileSync(file!), { provider: 'cpu' });
const picture = largePicture(Number(width), Number(height));
const start = performance.now();
const found = await segmentImage(picture, {
  predictor,
  types,
  calibration: { cellDiameterPx: cellDiameter, workingScale: 1 },
});
const result: WholeRun = {
  seconds: (performance.now() - start) / 1000,
  peakGib: process.resourceUsage().maxRSS / 2 ** 20,
  cells: found.cells.length,
  overhead: found.overhead,
};
await predictor.close();
console.log(JSON.stringify(result));
