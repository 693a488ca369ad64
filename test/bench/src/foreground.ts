/**
 * `npm run bench:foreground`: the unsupervised masks of pure phase contrast against drawn ones, by one set of
 * parameters, and their speed on one thread against the same algorithm in SciPy and scikit-image.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { defaultForegroundParameters, makeMask, measureBackground } from '@cellmixer/cellmixer';
import { realData } from '@cellmixer/test-data';
import { Command } from 'commander';
import {
  intersectionOverUnion,
  type MaskedPicture,
  readMaskedPictures,
} from './foreground/masked-pictures.ts';
import { findPython, type PeerTime, type ScipyPeer, startScipyPeer } from './foreground/scipy-peer.ts';
import { median, medianInterval, printTable, type Row, writeFigures } from './report.ts';

const options = new Command('bench:foreground')
  .option('--set <dir>', 'folder with homogeneous/<line>/{images,masks_instance}')
  .option('--pairs <n>', 'timed pairs, ours and SciPy in turn', Number, 11)
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{ set?: string; pairs: number; json?: string }>();

const parameters = defaultForegroundParameters('transmitted');

await run();

async function run(): Promise<void> {
  const set = options.set ?? defaultSet();
  if (set === null || !existsSync(resolve(set, 'homogeneous'))) {
    console.error(
      `There are no pictures at ${set ?? '../shared/data/livecell8/dev'}; name a set with --set.`,
    );
    process.exitCode = 1;
    return;
  }
  const pictures = await readMaskedPictures(set);
  const figures: Record<string, number> = {};
  const { rows, masks, scored } = judge(pictures);
  printTable(`Masks against drawn ones, one set of parameters (${set})`, rows);
  figures['foreground.mean'] = scored.reduce((a, b) => a + b, 0) / scored.length;
  figures['foreground.min'] = Math.min(...scored);
  figures['foreground.pictures'] = scored.length;
  figures['foreground.flagged'] = pictures.length - scored.length;
  const speed = await measureSpeed(pictures, masks);
  Object.assign(figures, speed.figures);
  printTable(
    'Figures',
    Object.entries(figures).map(([figure, value]) => ({ figure, value })),
  );
  if (options.json) writeFigures(options.json, figures, { parameters, pictures: rows, speed: speed.details });
}

function defaultSet(): string | null {
  const livecell = realData('livecell8');
  return livecell === null ? null : resolve(livecell, 'dev');
}

function segment({ image }: MaskedPicture) {
  return makeMask(measureBackground(image, { modality: 'transmitted' }), parameters);
}

/** IoU of each picture; a picture flagged as confluent is left out of the method, so it is not scored. */
function judge(pictures: readonly MaskedPicture[]) {
  const scored: number[] = [];
  const masks: Uint8Array[] = [];
  const rows = pictures.map((picture): Row => {
    const { mask, quality } = segment(picture);
    masks.push(mask.data);
    const iou = intersectionOverUnion(mask.data, picture.truth.data);
    if (!quality.confluent) scored.push(iou);
    return {
      picture: picture.name,
      IoU: quality.confluent ? 'confluent, left out' : iou.toFixed(3),
      'drawn cover': picture.truth.data.reduce((a, b) => a + b, 0) / picture.truth.data.length,
      cover: quality.coverage,
      objects: quality.objects,
      agreement: quality.agreement,
      contrast: quality.contrast,
      warnings: quality.warnings.join(' '),
    };
  });
  return { rows, masks, scored };
}

/** Whole passes over all pictures, ours and the peer's in turn; every other pair begins with the other. */
async function measureSpeed(pictures: readonly MaskedPicture[], masks: readonly Uint8Array[]) {
  const megapixels = pictures.reduce((sum, { image }) => sum + image.width * image.height, 0) / 1e6;
  for (let i = 0; i < 2; i++) pictures.forEach(segment);
  const peer = await peerOrNull(pictures);
  const pairs: { readonly ours: PeerTime; readonly peer: PeerTime | null }[] = [];
  try {
    const agreement = peer ? await agreementWith(peer, masks) : null;
    await peer?.run();
    for (let i = 0; i < options.pairs; i++) {
      const early = i % 2 === 0 ? timeOurs(pictures) : null;
      const other = peer ? await peer.run() : null;
      pairs.push({ ours: early ?? timeOurs(pictures), peer: other });
    }
    return speedReport(pairs, megapixels, agreement, peer?.versions ?? null);
  } finally {
    peer?.close();
  }
}

async function peerOrNull(pictures: readonly MaskedPicture[]): Promise<ScipyPeer | null> {
  const python = findPython();
  if (python === null) {
    console.log(
      '\nNo SciPy to compare with: set PYTORCH_PYTHON to a Python that has scipy and scikit-image.',
    );
    return null;
  }
  try {
    return await startScipyPeer(
      python,
      pictures.map(({ image }) => image),
    );
  } catch (error) {
    console.log(`\nNo SciPy to compare with (${python}): ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

/** Mean IoU of our masks and the peer's: whether both do the same. Confluent pictures have no mask here. */
async function agreementWith(peer: ScipyPeer, masks: readonly Uint8Array[]): Promise<number> {
  const theirs = await peer.masks();
  const overlaps = masks.flatMap((mask, i) =>
    mask.includes(1) ? [intersectionOverUnion(mask, theirs[i]!)] : [],
  );
  return overlaps.reduce((a, b) => a + b, 0) / overlaps.length;
}

function timeOurs(pictures: readonly MaskedPicture[]): PeerTime {
  const start = performance.now();
  const before = process.cpuUsage();
  pictures.forEach(segment);
  const used = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (used.user + used.system) / 1e6 };
}

function speedReport(
  pairs: readonly { readonly ours: PeerTime; readonly peer: PeerTime | null }[],
  megapixels: number,
  agreement: number | null,
  versions: Readonly<Record<string, string>> | null,
) {
  const figures: Record<string, number> = {
    'foreground.megapixelsPerSecond': megapixels / median(pairs.map(({ ours }) => ours.seconds)),
  };
  const both = pairs.flatMap(({ ours, peer }) => (peer ? [{ ours, peer }] : []));
  if (both.length > 0) {
    const ratios = both.map(({ ours, peer }) => peer.seconds / ours.seconds);
    const [low, high] = medianInterval(ratios);
    figures['foreground.speed'] = median(ratios);
    printTable('Speed, measureBackground + makeMask on one thread (medians over pairs)', [
      {
        pairs: both.length,
        'ours, MP/s': figures['foreground.megapixelsPerSecond'],
        'SciPy, MP/s': megapixels / median(both.map(({ peer }) => peer.seconds)),
        'ours ÷ SciPy': figures['foreground.speed'],
        interval: `${low.toFixed(2)}–${high.toFixed(2)}`,
        'by processor time': median(both.map(({ ours, peer }) => peer.cpuSeconds / ours.cpuSeconds)),
        'IoU of both masks': agreement ?? undefined,
      },
    ]);
  }
  return { figures, details: { megapixels, pairs, agreement, peer: versions } };
}
