/**
 * `npm run bench:sampling`: what making samples costs a training. Blocks of steps on batches that are made while
 * the network works take turns with blocks of steps on one frozen batch; `sampling.cost` is the ratio of their
 * times (the medians of a block's steps, then the median over rounds), `sampling.processor` that of the processor
 * time of all threads, which other work on the machine disturbs less.
 */
import { availableParallelism } from 'node:os';
import {
  type Calibration,
  calibrate,
  cellmixerRecipe,
  createComposer,
  createSampler,
  defaultForegroundParameters,
  type PreparedImage,
  prepareCultures,
  type Recipe,
} from '@cellmixer/cellmixer';
import { createTrainer, defaultUNet } from '@cellmixer/nn';
import { Command } from 'commander';
import { machine, median, medianInterval, printTable, type Row, writeFigures } from './report.ts';
import { drawDemoCultures, readCultures } from './sampling/read-cultures.ts';

const options = new Command('bench:sampling')
  .option('--train <dir>', 'folder with homogeneous/<type>/images; the demo cultures by default')
  .option('--types <list>', 'types of that folder, separated by commas', '')
  .option('--rounds <n>', 'rounds of a live and a frozen block', Number, 9)
  .option('--steps <n>', 'steps of a block', Number, 10)
  .option('--batch <n>', 'images of a step', Number, 8)
  .option('--width <n>', 'channels of the network at full resolution', Number, 16)
  .option('--workers <n>', 'threads that make samples', Number, 1)
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{
    train?: string;
    types: string;
    rounds: number;
    steps: number;
    batch: number;
    width: number;
    workers: number;
    json?: string;
  }>();

const cultures =
  options.train === undefined
    ? drawDemoCultures()
    : await readCultures(options.train, options.types.split(','));
const types = cultures.map((culture) => culture.type);
const calibration = await calibrate(cultures);
const parameters = defaultForegroundParameters(calibration.modality);
const { images: prepared } = await prepareCultures(cultures, calibration, parameters);
const recipe = cellmixerRecipe(calibration.modality);

const alone = timeAlone(prepared, calibration, recipe);
const { live, frozen, opening } = await timeSteps();
const ratios = live.map(({ ms }, i) => ms / frozen[i]!.ms);
const processorRatios = live.map(({ processor }, i) => processor / frozen[i]!.processor);
const cost = median(ratios);
const [low, high] = medianInterval(ratios);
const rows: Row[] = [
  { what: 'step on live batches, ms', median: median(live.map(({ ms }) => ms)) },
  { what: 'step on a frozen batch, ms', median: median(frozen.map(({ ms }) => ms)) },
  { what: 'live ÷ frozen', median: cost, interval: `${low.toFixed(2)}–${high.toFixed(2)}` },
  { what: 'the same of processor time, all threads', median: median(processorRatios) },
  { what: `one ${recipe.cropSize}² sample, ms of one core`, median: alone.sample },
  { what: 'pictures measured for mixing, ms each', median: alone.picture },
  { what: 'first batch after opening, ms', median: opening },
];
printTable(
  `Sampling: ${options.batch} × ${recipe.cropSize}², w${options.width}, ${options.workers} worker, ` +
    `${availableParallelism()} cores, ${machine().cpu}, ${options.rounds} rounds of ${options.steps} steps`,
  rows,
);
const figures = {
  'sampling.cost': cost,
  'sampling.processor': median(processorRatios),
  'sampling.sampleMs': alone.sample,
};
if (options.json !== undefined) writeFigures(options.json, figures, { rows });

/** Processor time of samples and of measuring the pictures, nothing else running. */
function timeAlone(pictures: readonly PreparedImage[], run: Calibration, how: Recipe) {
  const before = processorMs();
  const composer = createComposer({ prepared: pictures, types, calibration: run, recipe: how, seed: 1 });
  const picture = (processorMs() - before) / pictures.length;
  const times: number[] = [];
  for (let block = -2; block < 9; block++) {
    const begin = processorMs();
    for (let i = 0; i < 32; i++) composer.sample(block + 2, i);
    if (block >= 0) times.push((processorMs() - begin) / 32);
  }
  return { picture, sample: median(times) };
}

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Median milliseconds of a step; processor milliseconds of all steps of the block. */
interface Block {
  readonly ms: number;
  readonly processor: number;
}

async function timeSteps() {
  const { batch, steps, rounds, width, workers } = options;
  const began = performance.now();
  const sampler = createSampler({ prepared, types, calibration, recipe, seed: 1, batch, workers });
  const still = await sampler.batch(0);
  const opening = performance.now() - began;
  const trainer = await createTrainer({
    network: defaultUNet({ inputChannels: calibration.channels, types: types.length, width, levels: 4 }),
    batch,
    group: 4,
    height: recipe.cropSize,
    width: recipe.cropSize,
    seed: 1,
    provider: 'cpu',
  });
  let step = 0;
  const block = async (next: () => Promise<typeof still>) => {
    const times: number[] = [];
    const before = processorMs();
    for (let i = 0; i < steps; i++) {
      const begin = performance.now();
      await trainer.trainStep(await next(), 1e-3);
      times.push(performance.now() - begin);
    }
    return { ms: median(times), processor: processorMs() - before };
  };
  const live: Block[] = [];
  const frozen: Block[] = [];
  for (let round = -1; round < rounds; round++) {
    const one = await block(() => sampler.batch(++step));
    const other = await block(async () => still);
    if (round < 0) continue;
    live.push(one);
    frozen.push(other);
  }
  await trainer.close();
  await sampler.close();
  return { live, frozen, opening };
}
