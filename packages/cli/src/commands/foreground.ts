import { basename, extname, join, resolve } from 'node:path';
import {
  type Calibration,
  calibrate,
  defaultForegroundParameters,
  type ForegroundParameters,
  type ForegroundQuality,
  type ImageSource,
  makeMask,
  measureBackground,
} from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { encodePng } from '@cellmixer/imaging';
import type { Raster, Trimap } from '@cellmixer/pixels';
import { drawTypes } from '@cellmixer/pixels';
import { stringify } from 'csv-stringify/sync';
import { writeAtomically } from '../files/atomic-write.ts';
import { readCultures } from '../files/read-cultures.ts';
import { contactSheet } from '../pictures/contact-sheet.ts';
import { alignTable } from '../terminal/table.ts';
import type { CommandContext } from './command-context.ts';

export interface ForegroundOptions {
  readonly out: string;
  readonly types?: readonly string[];
  readonly modality?: 'auto' | 'transmitted' | 'stained' | 'fluorescence';
  readonly threshold?: ForegroundParameters['threshold'];
  readonly sensitivity?: number;
  readonly minArea?: number;
  readonly perLine?: number;
}

interface Judged {
  readonly type: string;
  readonly image: string;
  readonly quality: ForegroundQuality;
}

/** `cellmixer foreground <cultures> --out <folder>` */
export async function foreground(folder: string, options: ForegroundOptions, context: CommandContext) {
  const { console, signal } = context;
  const { cultures, notes } = await readCultures(folder, {
    fewest: 1,
    signal,
    ...(options.types === undefined ? {} : { types: options.types }),
  });
  for (const note of notes) console.note(note);
  const { modality } = await calibrate(cultures, {
    modality: options.modality ?? 'auto',
    signal,
    onProgress: (done, total) => console.progress.update(`Looking at the light ${done}/${total}`),
  });
  const parameters = parametersFrom(modality, options);
  const total = cultures.reduce((sum, culture) => sum + culture.images.length, 0);
  const judged: Judged[] = [];
  const out = resolve(options.out);
  for (const { type, images } of cultures) {
    const shown: Raster<Uint8Array>[] = [];
    for (const [i, image] of images.entries()) {
      if (signal.aborted) throw new CellMixerError('CANCELLED', 'stopped while finding the cells');
      console.progress.update(`Finding the cells ${judged.length + 1}/${total}: ${type}/${image.name}`);
      const { quality, trimap, drawn } = await findCells(image, modality, parameters);
      judged.push({ type, image: image.name, quality });
      console.emit({ kind: 'picture', type, image: image.name, ...quality });
      await writeAtomically(
        join(out, 'masks', type, `${basename(image.name, extname(image.name))}.png`),
        await maskPicture(trimap),
      );
      if (isShown(i, images.length, options.perLine ?? 12)) shown.push(drawn);
    }
    const sheet = contactSheet(shown, { columns: 4, width: 480 });
    await writeAtomically(join(out, `contact-sheet_${type}.png`), await encodePng(sheet));
  }
  await writeAtomically(join(out, 'quality.csv'), qualityTable(judged));
  tell(context, modality, judged);
  console.print(`Look at the contact sheets before you train: ${out}`);
  console.emit({ kind: 'done', folder: out, modality, parameters });
}

function parametersFrom(modality: Calibration['modality'], options: ForegroundOptions): ForegroundParameters {
  const defaults = defaultForegroundParameters(modality);
  return {
    ...defaults,
    threshold: options.threshold ?? defaults.threshold,
    sensitivity: options.sensitivity ?? defaults.sensitivity,
    minObjectArea: options.minArea ?? defaults.minObjectArea,
  };
}

async function findCells(
  image: ImageSource,
  modality: Calibration['modality'],
  parameters: ForegroundParameters,
) {
  const native = await image.read();
  const { feature, deviationSigma } = parameters;
  const background = measureBackground(native, { modality, feature, deviationSigma });
  const { trimap, mask, quality } = makeMask(background, parameters);
  return { trimap, quality, drawn: drawTypes(native, mask, null, 1) };
}

/** 255 sure cell, 128 undecided, 0 sure background. */
function maskPicture(trimap: Trimap): Promise<Uint8Array> {
  const data = trimap.data.map((value) => (value === 1 ? 255 : value === 255 ? 128 : 0));
  return encodePng({ ...trimap, channels: 1, data });
}

/** Evenly spread over a line's pictures. */
function isShown(index: number, count: number, most: number): boolean {
  if (count <= most) return true;
  return Math.floor((index * most) / count) !== Math.floor(((index - 1) * most) / count);
}

function qualityTable(judged: readonly Judged[]): string {
  const header = ['line', 'image', 'coverage', 'objects', 'agreement', 'contrast', 'confluent', 'warnings'];
  const rows = judged.map(({ type, image, quality }) => [
    ...[type, image, quality.coverage.toFixed(4), quality.objects, quality.agreement.toFixed(4)],
    ...[quality.contrast.toFixed(2), quality.confluent ? 'yes' : 'no', quality.warnings.join(' ')],
  ]);
  return stringify([header, ...rows], { escape_formulas: true });
}

function tell({ console }: CommandContext, modality: string, judged: readonly Judged[]): void {
  const lines = [...Map.groupBy(judged, ({ type }) => type)].map(([type, own]) => {
    const mean = (value: (quality: ForegroundQuality) => number) =>
      own.reduce((sum, { quality }) => sum + value(quality), 0) / own.length;
    return [
      ...[type, own.length, mean((quality) => quality.coverage), mean((quality) => quality.objects)],
      ...[mean((quality) => quality.agreement), mean((quality) => quality.contrast)],
      own.filter(({ quality }) => quality.confluent).length,
      own.filter(({ quality }) => quality.warnings.length > 0).length,
    ];
  });
  console.print(`${modality} light; means over the pictures of each line`);
  const columns = [
    'line',
    'pictures',
    'coverage',
    'objects',
    'agreement',
    'contrast',
    'confluent',
    'with warnings',
  ];
  for (const line of alignTable(columns, lines)) console.print(line);
  for (const { type, image, quality } of judged) {
    for (const warning of quality.warnings) console.note(`${type}/${image}: ${warning}`);
  }
}
