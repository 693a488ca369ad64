import {
  cellRecalls,
  countPicture,
  type Evaluation,
  evaluate as evaluatePictures,
  type MetricName,
  metricNames,
  type PictureCounts,
} from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { openPredictions } from '../files/read-predictions.ts';
import { openTruth } from '../files/read-truth.ts';
import { sampleOf } from '../files/sample-of.ts';
import { alignTable } from '../terminal/table.ts';
import type { CommandContext } from './command-context.ts';

const WORDS: Readonly<Record<MetricName, string>> = {
  miou: 'mean IoU over types',
  miouWithBackground: 'the same with background',
  typeAccuracy: 'share of true cell area called right, mean over types',
  balancedCellAccuracy: 'share of true cells called right, mean over types',
  foregroundIou: 'cell against background',
  ap50: 'cells found whole, AP at IoU 0.5',
  compositionMae: 'mean error of a type’s share of the area',
};

/** `cellmixer evaluate <predictions> <truth>` */
export async function evaluate(predictions: string, truth: string, context: CommandContext): Promise<void> {
  const { console, signal } = context;
  const found = await openPredictions(predictions);
  const known = await openTruth(truth, found.types);
  const shared = found.pictures.filter(({ stem }) => known.stems.includes(stem));
  if (shared.length === 0) throw nothingShared(predictions, truth, found.pictures[0]?.stem, known.stems[0]);
  const counts: PictureCounts[] = [];
  for (const { stem, path } of shared) {
    if (signal.aborted) throw new CellMixerError('CANCELLED', 'stopped while comparing');
    console.progress.update(`Comparing ${counts.length + 1}/${shared.length}: ${stem}`);
    const { classMap, instances } = await known.read(stem);
    const prediction = await found.read(stem);
    const sample = sampleOf(path);
    const side =
      instances === null ? { name: stem, sample, classMap } : { name: stem, sample, classMap, instances };
    counts.push(countPicture(side, prediction, found.types.length));
  }
  const unmatched = found.pictures.length - shared.length;
  if (unmatched > 0) console.note(`${unmatched} segmented pictures have no truth and do not count.`);
  const result = evaluatePictures(counts, { seed: 'evaluate' });
  console.emit({ ...plain(result), types: found.types, unmatched });
  tell(context, result, found.types);
}

function tell({ console }: CommandContext, result: Evaluation, types: readonly string[]): void {
  const { samples, n } = result.metrics.miou;
  console.print(
    `${n} pictures in ${samples} samples (wells); intervals of 95 % draw whole samples${samples < 2 ? ': there is only one, so there are none' : ''}.`,
  );
  console.print();
  const rows = metricNames.map((name) => {
    const { estimate, low, high } = result.metrics[name];
    return [name, estimate, low, high, WORDS[name]];
  });
  for (const line of alignTable(['metric', 'value', 'from', 'to', 'meaning'], rows)) console.print(line);
  const cells = result.cells.counts.reduce((a, b) => a + b, 0);
  if (cells === 0) return;
  const recalls = cellRecalls(result.cells);
  const stride = types.length + 1;
  console.print();
  console.print(`${cells} true cells (rows) and what they are called:`);
  const table = types.map((type, i) => {
    const row = [...result.cells.counts.subarray(i * stride, (i + 1) * stride)];
    return [type, ...row.slice(1), row[0] ?? 0, recalls[i] ?? Number.NaN];
  });
  for (const line of alignTable(['', ...types, 'not found', 'right'], table)) console.print(line);
}

function plain(result: Evaluation) {
  return {
    metrics: result.metrics,
    pixels: [...result.pixels.counts],
    cells: [...result.cells.counts],
    pictures: result.pictures,
  };
}

function nothingShared(
  predictions: string,
  truth: string,
  stem: string | undefined,
  known: string | undefined,
): CellMixerError {
  return new CellMixerError(
    'FOLDER_UNREADABLE',
    `no picture of "${predictions}" (such as "${stem ?? 'none'}") has a truth in "${truth}" (such as "${known ?? 'none'}")`,
    { subject: truth, cure: 'Name the truth as the picture that it belongs to.' },
  );
}
