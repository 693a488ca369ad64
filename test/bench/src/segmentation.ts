/**
 * `npm run bench:segmentation`: how much of the network's speed is left when it segments pictures, what it computes
 * twice, what memory it needs, and whether tiles change what is found.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ap50, matchInstances, planTiles, segmentImage } from '@cellmixer/cellmixer';
import { openModel } from '@cellmixer/nn';
import { Command } from 'commander';
import { median, medianInterval, printTable, type Row, writeFigures } from './report.ts';
import { cellDiameter, trainBriefly, types } from './segmentation/brief-model.ts';
import { largePicture } from './segmentation/large-picture.ts';
import { type TimedPair, timePairs } from './segmentation/timed-pairs.ts';
import type { WholeRun } from './segmentation/whole-run.ts';

const options = new Command('bench:segmentation')
  .option('--side <px>', 'side of the large picture', Number, 8000)
  .option('--pair-height <px>', 'height of the large picture that is timed in pairs', Number, 2000)
  .option('--pairs <n>', 'timed pairs for each size', Number, 5)
  .option('--steps <n>', 'training steps of the network', Number, 60)
  .option('--model <file>', 'take this network instead of training one (as --save-model wrote it)')
  .option('--save-model <file>', 'keep the trained network')
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{
    side: number;
    pairHeight: number;
    pairs: number;
    steps: number;
    model?: string;
    saveModel?: string;
    json?: string;
  }>();

/** Side of the picture that is segmented in one piece and in tiles: one piece must still fit the memory. */
const COMPARED = 1400;
const SMALL = { width: 704, height: 520, count: 16 };
const AT_ONCE = Math.max(4, 2 * availableParallelism());

const folder = mkdtempSync(join(tmpdir(), 'cellmixer-bench-'));
try {
  await run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const bytes = options.model ? readFileSync(options.model) : await trainBriefly(options.steps);
  if (options.saveModel) writeFileSync(options.saveModel, bytes);
  const file = join(folder, 'model.onnx');
  writeFileSync(file, bytes);

  const whole = runWhole(file);
  const predictor = await openModel(bytes, { provider: 'cpu' });
  const settings = { predictor, types, calibration: { cellDiameterPx: cellDiameter, workingScale: 1 } };
  try {
    const stitched = await compareWithWhole(settings);
    const small = await timePairs(
      Array.from({ length: SMALL.count }, () => largePicture(SMALL.width, SMALL.height)),
      settings,
      options.pairs,
      AT_ONCE,
    );
    const large = await timePairs(
      [largePicture(options.side, options.pairHeight)],
      settings,
      options.pairs,
      AT_ONCE,
    );
    report(whole, stitched, small, large, predictor.multiple);
  } finally {
    await predictor.close();
  }
}

function runWhole(model: string): WholeRun {
  const script = join(import.meta.dirname, 'segmentation', 'whole-run.ts');
  const side = String(options.side);
  const output = execFileSync(process.execPath, [script, model, side, side], { encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

async function compareWithWhole(settings: Parameters<typeof segmentImage>[1]) {
  const picture = largePicture(COMPARED, COMPARED);
  const whole = await segmentImage(picture, { ...settings, options: { tileSize: COMPARED } });
  const stitched = await segmentImage(picture, settings);
  return {
    ap50: ap50([matchInstances(whole.instances, stitched.instances)]),
    cells: whole.cells.length,
  };
}

function report(
  whole: WholeRun,
  stitched: { readonly ap50: number; readonly cells: number },
  small: readonly TimedPair[],
  large: readonly TimedPair[],
  multiple: number,
): void {
  const sizes = [
    rowOf(
      `${SMALL.count} × ${SMALL.width}×${SMALL.height}`,
      small,
      (SMALL.count * SMALL.width * SMALL.height) / 1e6,
    ),
    rowOf(`${options.side}×${options.pairHeight}`, large, (options.side * options.pairHeight) / 1e6),
  ];
  printTable(
    'Ours against bare predictions over the same tiles (medians, 95 % interval of the ratio)',
    sizes,
  );
  const smallPlan = planTiles(SMALL.width, SMALL.height, multiple);
  printTable(`${options.side}×${options.side} with instances, in a process of its own`, [
    {
      'MP/s': options.side ** 2 / 1e6 / whole.seconds,
      seconds: whole.seconds,
      cells: whole.cells,
      'peak memory, GiB': whole.peakGib,
      'pixels computed ÷ of the picture': whole.overhead,
    },
  ]);
  printTable(`Tiles against one piece, ${COMPARED}×${COMPARED}`, [
    { cells: stitched.cells, AP50: stitched.ap50 },
  ]);
  const figures = {
    'segmentation.efficiency': Math.min(efficiency(small), efficiency(large)),
    'segmentation.efficiency.704x520': efficiency(small),
    [`segmentation.efficiency.${options.side}`]: efficiency(large),
    'segmentation.overlap': Math.max(whole.overhead, smallPlan.overhead),
    'segmentation.memory': whole.peakGib,
    'segmentation.stitched': stitched.ap50,
    'segmentation.megapixelsPerSecond': options.side ** 2 / 1e6 / whole.seconds,
  };
  printTable(
    'Figures',
    Object.entries(figures).map(([figure, value]) => ({ figure, value })),
  );
  if (options.json) writeFigures(options.json, figures, { options, whole, stitched, small, large });
}

function efficiency(pairs: readonly TimedPair[]): number {
  return median(pairs.map((pair) => pair.bare.seconds / pair.ours.seconds));
}

function rowOf(size: string, pairs: readonly TimedPair[], megapixels: number): Row {
  const [low, high] = medianInterval(pairs.map((pair) => pair.bare.seconds / pair.ours.seconds));
  return {
    size,
    pairs: pairs.length,
    'ours, MP/s': megapixels / median(pairs.map((pair) => pair.ours.seconds)),
    'bare, MP/s': megapixels / median(pairs.map((pair) => pair.bare.seconds)),
    'bare ÷ ours': efficiency(pairs),
    interval: `${low.toFixed(3)}–${high.toFixed(3)}`,
    'bare ÷ ours, processor time': median(pairs.map((pair) => pair.bare.cpuSeconds / pair.ours.cpuSeconds)),
  };
}
