import { arch, availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { calibrate, compareRuns, type TrainingEvent } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import type { TrainingBatch } from '@cellmixer/nn';
import type { Progress } from '../terminal/progress.ts';
import { makeArtificialMixtures } from './artificial-mixtures.ts';
import type { DemoData } from './demo-data.ts';
import type { DemoMethod, DemoResult, DemoRun } from './demo-result.ts';
import { drawDemoData } from './draw-demo-data.ts';
import { findCells } from './find-cells.ts';
import { readOwnData } from './read-own-data.ts';
import { runMethod } from './run-method.ts';
import { WorkPlan } from './work-plan.ts';

export interface DemoOptions {
  /** Where everything is written. */
  readonly folder: string;
  /** A folder of real pictures instead of drawn ones. */
  readonly images?: string;
  /** Only these of its lines. */
  readonly types?: readonly string[];
  readonly steps: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** The whole chain: pictures, foreground, training of both methods on the same budget, comparison on mixtures. */
export async function runDemo(options: DemoOptions): Promise<DemoResult> {
  const { folder, images, steps, seed, signal, progress } = options;
  const training = 5 + 0.3 * steps;
  const plan = new WorkPlan(
    [
      { name: images === undefined ? 'Drawing cultures and mixtures' : 'Reading pictures', seconds: 6 },
      { name: 'Measuring light and finding cells', seconds: 10 },
      { name: 'Training CellMixer', seconds: training },
      { name: 'CellMixer looks at the mixtures', seconds: 6 },
      { name: 'Training the baseline', seconds: training },
      { name: 'The baseline looks at the mixtures', seconds: 6 },
    ],
    progress,
  );

  plan.begin();
  const data =
    images === undefined
      ? await drawDemoData(join(folder, 'pictures'), seed, (share) => plan.tell(share))
      : await readOwnData(images, options.types, (share) => plan.tell(share));
  const { cultures } = data;
  const pictures = cultures.reduce((sum, culture) => sum + culture.images.length, 0);
  plan.end(`${pictures} pictures of ${cultures.map((culture) => culture.type).join(', ')}`);
  for (const note of data.notes) progress.say(note);

  plan.begin();
  const calibration = await calibrate(cultures, {
    signal,
    onProgress: (done, total) => plan.tell((0.9 * done) / total),
  });
  const foreground = await findCells(cultures, calibration, 2);
  const mixtures = await mixturesOf(data, calibration, seed);
  plan.end(`Typical cell ${calibration.cellDiameterPx.toFixed(0)} px, ${calibration.modality} light`);

  const qualities: DemoResult['qualities'][number][] = [];
  let samples: TrainingBatch | null = null;
  const listen = (method: DemoMethod) => (event: TrainingEvent) => {
    if (event.kind === 'step') plan.tell(event.step / event.steps, `step ${event.step}/${event.steps}`);
    if (method === 'baseline') return;
    if (event.kind === 'foreground') qualities.push(event);
    if (event.kind === 'samples') samples = event.batch;
  };
  const run = async (method: DemoMethod): Promise<DemoRun> => {
    plan.begin();
    const result = await runMethod({
      method,
      cultures,
      calibration,
      mixtures,
      settings: { preset: 'fast', steps, seed, validateEvery: 0 },
      folder: join(folder, method),
      signal,
      onEvent: listen(method),
      onTrained() {
        plan.end(`${steps} steps`);
        plan.begin();
      },
      onSegmented: (done) => plan.tell(done / mixtures.length),
    });
    plan.end(`${mixtures.length} mixtures`);
    return result;
  };
  const cellmixer = await run('cellmixer');
  const baseline = await run('baseline');
  if (samples === null) throw new CellMixerError('SAMPLING_FAILED', 'training showed no samples');
  return {
    data: { ...data, mixtures },
    types: cultures.map((culture) => culture.type),
    calibration,
    foreground,
    qualities,
    samples,
    cellmixer,
    baseline,
    gain: compareRuns(cellmixer.counts, baseline.counts, 'miou', { seed: 'demo' }),
    seconds: plan.elapsed,
    machine: `${availableParallelism()} cores (${(cpus()[0]?.model ?? arch()).trim()}), Node ${process.versions.node}`,
  };
}

async function mixturesOf(data: DemoData, calibration: DemoResult['calibration'], seed: number) {
  if (data.mixtures.length > 0) return data.mixtures;
  return await makeArtificialMixtures(data.heldOut, calibration, seed);
}
