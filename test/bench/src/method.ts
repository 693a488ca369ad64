import { openCellMixerModel, trainingMethods } from '@cellmixer/cellmixer';
import { Command } from 'commander';
import { composeBoard } from './composer/compose.ts';
import { backgroundProbeControl, canvasSwapControl, donorsOf, selfMixControl } from './method/controls.ts';
import { type Dataset, loadDataset, sharedSamples } from './method/dataset.ts';
import { type MethodResult, type Scores, score } from './method/evaluate-run.ts';
import { methodFigures } from './method/figures.ts';
import { foregroundScores } from './method/foreground.ts';
import { nullSplitControl } from './method/null-split.ts';
import { type Method, obtainModel, type TrainOptions } from './method/train-model.ts';
import { printTable, writeFigures } from './report.ts';

const program = new Command()
  .name('bench:method')
  .description('Trains on pure cultures and scores on mixtures; see docs/method.md for the protocol.')
  .requiredOption('--train <dir>', 'folder with homogeneous/<type>/images')
  .requiredOption('--test <dir>', 'folder with homogeneous/<type>/{images,masks_instance} and mixed/')
  .requiredOption('--types <list>', 'cell types, comma separated')
  .option('--preset <name>', 'fast, balanced or accurate', 'balanced')
  .option('--steps <n>', 'training steps, instead of the preset', Number)
  .option('--seeds <list>', 'seeds, comma separated', '1')
  .option('--methods <list>', 'cellmixer, baseline, paper', 'cellmixer,baseline')
  .option('--diameter <px>', 'typical cell diameter in native pixels', Number)
  .option('--train-masks', 'also train the supervised reference, on drawn masks of training pictures')
  .option('--controls', 'also run the controls on the first seed')
  .option('--smoke', '600 steps, one seed')
  .option(
    '--models <dir>',
    'keep trained models here, and take those that an earlier run of the same kind kept',
  )
  .option('--json <file>', 'write figures and all results')
  .parse();

interface Options extends TrainOptions {
  readonly train: string;
  readonly test: string;
  readonly types: string;
  readonly seeds: string;
  readonly methods: string;
  readonly trainMasks?: true;
  readonly controls?: true;
  readonly json?: string;
}

const options = program.opts<Options>();

async function trainAndScore(
  dataset: Dataset,
  method: Method,
  seed: number,
  first: boolean,
): Promise<MethodResult> {
  const started = performance.now();
  const bytes = await obtainModel(dataset, method, seed, options);
  const trainingSeconds = (performance.now() - started) / 1000;
  const model = await openCellMixerModel(bytes);
  try {
    const { pure, mixed } = dataset;
    const donors = donorsOf(pure);
    const boards = pure.length > 0 && new Set(pure.map((p) => p.type)).size === dataset.types.length;
    const mixtures = boards
      ? {
          b1: await score(model, composeBoard('b1', donors, dataset.types.length)),
          b2: await score(model, composeBoard('b2', donors, dataset.types.length)),
          b3: await score(model, composeBoard('b3', donors, dataset.types.length)),
        }
      : undefined;
    const controls =
      options.controls && first && boards && method === 'cellmixer'
        ? {
            selfMix: await selfMixControl(model, pure),
            canvasSwap: await canvasSwapControl(model, pure),
            backgroundProbe: (await backgroundProbeControl(model, dataset)).balancedAccuracy,
            ...(await nullSplitControl(dataset, seed, options)),
          }
        : undefined;
    return {
      method,
      seed,
      ...(pure.length > 0 ? { homogeneous: await score(model, pure) } : {}),
      ...(mixtures === undefined
        ? {}
        : {
            mixtures: {
              ...mixtures,
              worst: Math.min(mixtures.b1.miou, mixtures.b2.miou, mixtures.b3.miou),
            },
          }),
      ...(mixed.length > 0 ? { mixed: await score(model, mixed) } : {}),
      ...(first && pure.length > 0 ? { foreground: await foregroundScores(dataset.masked, model) } : {}),
      ...(controls === undefined ? {} : { controls }),
      seconds: (performance.now() - started) / 1000,
      trainingSeconds,
      peakMemoryMb: process.resourceUsage().maxRSS / 1024,
      settings: { ...model.run, pictures: undefined, calibration: model.calibration },
    };
  } finally {
    await model.close();
  }
}

function row(result: MethodResult) {
  const { method, seed, mixtures, homogeneous, mixed } = result;
  return {
    method,
    seed,
    b1: mixtures?.b1.miou,
    b2: mixtures?.b2.miou,
    b3: mixtures?.b3.miou,
    worst: mixtures?.worst,
    pureType: homogeneous?.typeAccuracy,
    pureForeground: homogeneous?.foregroundIou,
    pureAp50: homogeneous?.ap50,
    mixedCells: mixed?.balancedCellAccuracy,
    mixedMiou: mixed?.miou,
    seconds: Math.round(result.seconds),
    peakMb: Math.round(result.peakMemoryMb),
  };
}

function detail(name: string, scores: Scores | undefined) {
  if (scores === undefined) return [];
  const list = (values: readonly number[]) => values.map((v) => v.toFixed(2)).join(' ');
  return [
    {
      on: name,
      n: scores.n,
      miou: scores.miou,
      withBackground: scores.miouWithBackground,
      byCell: scores.byCell.miou,
      typeAccuracy: scores.typeAccuracy,
      recalls: list(scores.typeRecalls),
      cells: scores.balancedCellAccuracy,
      cellRecalls: list(scores.cellRecalls),
      foreground: scores.foregroundIou,
      ap50: scores.ap50,
    },
  ];
}

const types = options.types.split(',');
const seeds = options.smoke ? [1] : options.seeds.split(',').map(Number);
const methods: Method[] = [
  ...trainingMethods.filter((method) => options.methods.split(',').includes(method)),
  ...(options.trainMasks ? (['supervised'] as const) : []),
];
const dataset = await loadDataset(options.train, options.test, types, { trainMasks: options.trainMasks });
console.log(
  `training on ${dataset.training.map((c) => `${c.type}: ${c.images.length}`).join(', ')} pictures; ` +
    `testing on ${dataset.pure.length} pure and ${dataset.mixed.length} mixed pictures`,
);
const shared = sharedSamples(dataset);
console.log(
  shared.length > 0
    ? `samples in training and test: ${shared.join(', ')}`
    : 'training and test share no named sample',
);
if (dataset.mixed.length === 0)
  console.log('No real label-free mixture with truth is at hand: mixtures are composed of true instances.');

const results: MethodResult[] = [];
for (const seed of seeds) {
  for (const method of methods) {
    const result = await trainAndScore(dataset, method, seed, seed === seeds[0]);
    results.push(result);
    printTable(`${method}, seed ${seed}`, [
      ...detail('pure', result.homogeneous),
      ...detail('b1', result.mixtures?.b1),
      ...detail('b2', result.mixtures?.b2),
      ...detail('b3', result.mixtures?.b3),
      ...detail('mixed', result.mixed),
    ]);
    if (result.controls !== undefined) console.log('controls', result.controls);
    if (options.json !== undefined) writeFigures(options.json, methodFigures(results), { results });
  }
}
printTable('Runs', results.map(row));
const figures = methodFigures(results);
printTable(
  'Figures',
  Object.entries(figures).map(([id, value]) => ({ id, value })),
);
