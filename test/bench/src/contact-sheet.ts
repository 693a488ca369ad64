import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  baselineRecipe,
  type Calibration,
  calibrate,
  cellmixerRecipe,
  createComposer,
  defaultForegroundParameters,
  type PreparedImage,
  paperRecipe,
  prepareCultures,
  type Recipe,
  type Sample,
} from '@cellmixer/cellmixer';
import { encodePng } from '@cellmixer/imaging';
import { typePalette } from '@cellmixer/pixels';
import { program } from 'commander';
import { readCultures } from './sampling/read-cultures.ts';

/** Draws training samples with their labels, for people to look at: picture above, labels below. */
const options = program
  .requiredOption('--train <dir>', 'folder with homogeneous/<type>/images')
  .requiredOption('--types <list>', 'types, separated by commas')
  .option('--method <name>', 'cellmixer, baseline or paper', 'cellmixer')
  .option('--mode <name>', 'only samples of this mode')
  .option('--count <n>', 'samples', '24')
  .option('--seed <n>', 'seed', '1')
  .option('--diameter <px>', 'typical cell diameter in native pixels, measured by default')
  .option('--out <file>', 'PNG to write', 'contact-sheet.png')
  .parse()
  .opts<Record<'train' | 'types' | 'method' | 'mode' | 'count' | 'seed' | 'diameter' | 'out', string>>();

const COLUMNS = 6;
const GAP = 4;
const ZOOM = 3;

const types = options.types.split(',');
const cultures = await readCultures(options.train, types);
const calibration = await calibrate(cultures, {
  cellDiameterPx: options.diameter === undefined ? 'auto' : Number(options.diameter),
});
const { images } = await prepareCultures(
  cultures,
  calibration,
  defaultForegroundParameters(calibration.modality),
);
const recipe = recipeOf(calibration);
const composer = createComposer({ prepared: images, types, calibration, recipe, seed: Number(options.seed) });
const samples = Array.from({ length: Number(options.count) }, (_, i) => composer.sample(0, i));
console.log(`calibration ${JSON.stringify(calibration)}`);
for (const [k, type] of types.entries()) console.log(describe(type, k, images));
await mkdir(resolve(options.out, '..'), { recursive: true });
await writeFile(options.out, await drawSheet(samples));
console.log(`wrote ${options.out}`);

function recipeOf({ modality }: Calibration): Recipe {
  const base =
    options.method === 'paper'
      ? paperRecipe(modality)
      : options.method === 'baseline'
        ? baselineRecipe(modality)
        : cellmixerRecipe(modality);
  if (options.mode === undefined) return base;
  const none = { paste: 0, overlay: 0, mixup: 0, juxtapose: 0, pure: 0 };
  return { ...base, modes: { ...none, [options.mode]: 1 } };
}

function describe(type: string, k: number, prepared: readonly PreparedImage[]): string {
  const own = prepared.filter((picture) => picture.type === k);
  const cover = own.reduce((sum, picture) => sum + picture.quality.coverage, 0) / own.length;
  return `${type}: ${own.length} pictures, cover ${cover.toFixed(2)}`;
}

function drawSheet(all: readonly Sample[]): Promise<Uint8Array> {
  const tile = all[0]!.size * ZOOM;
  const rows = Math.ceil(all.length / COLUMNS);
  const width = COLUMNS * (tile + GAP) + GAP;
  const height = rows * (2 * tile + 2 * GAP) + GAP;
  const data = new Uint8Array(3 * width * height).fill(255);
  all.forEach((sample, n) => {
    const left = GAP + (n % COLUMNS) * (tile + GAP);
    const top = GAP + Math.floor(n / COLUMNS) * (2 * tile + 2 * GAP);
    for (let y = 0; y < tile; y++) {
      for (let x = 0; x < tile; x++) {
        const i = Math.floor(y / ZOOM) * sample.size + Math.floor(x / ZOOM);
        const grey = pictureColour(sample, i);
        const label = labelColour(sample, i);
        for (let c = 0; c < 3; c++) {
          data[c * width * height + (top + y) * width + left + x] = grey[c]!;
          data[c * width * height + (top + tile + y) * width + left + x] = label[c]! * 0.55 + grey[c]! * 0.45;
        }
      }
    }
  });
  return encodePng({ width, height, channels: 3, data });
}

/** Ratio 1 is light grey in bright modalities, black in fluorescence. */
function pictureColour(sample: Sample, i: number): number[] {
  const area = sample.size * sample.size;
  const channels = sample.image.length / area;
  return [0, 1, 2].map((c) => {
    const v = sample.image[Math.min(c, channels - 1) * area + i]!;
    const shown = calibration.modality === 'fluorescence' ? 20 + 180 * v : 128 + (v * 127) / 1.2;
    return Math.max(0, Math.min(255, shown));
  });
}

/** Types in their colours (mixed where soft), ignored white, background black. */
function labelColour(sample: Sample, i: number): number[] {
  if (sample.weight[i] === 0) return [255, 255, 255];
  const colour = [0, 0, 0];
  const area = sample.size * sample.size;
  typePalette(types.length).forEach((rgb, k) => {
    const share = sample.types[k * area + i]!;
    rgb.forEach((value, c) => {
      colour[c]! += share * value;
    });
  });
  return colour.map((value) => Math.min(255, value));
}
