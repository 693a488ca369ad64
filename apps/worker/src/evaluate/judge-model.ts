import {
  cellRecalls,
  classIou,
  evaluate,
  type Interval,
  type Metrics,
  type PictureCounts,
  typeRecalls,
} from '@cellmixer/cellmixer';
import { type JudgedModel, type StoredInterval, type StoredScores, scoreNames } from '@cellmixer/jobs';

const known = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);

export function storedInterval({ estimate, low, high }: Interval): StoredInterval {
  return { estimate: known(estimate), low: known(low), high: known(high) };
}

export function byMetric<Value>(of: (name: (typeof scoreNames)[number]) => Value) {
  return Object.fromEntries(scoreNames.map((name) => [name, of(name)])) as Record<
    (typeof scoreNames)[number],
    Value
  >;
}

export function storedScores(metrics: Metrics): StoredScores {
  return byMetric((name) => known(metrics[name]));
}

/** Metrics with intervals, scores by class, and confusions of a model over annotated images. */
export function judgeModel(pictures: readonly PictureCounts[], types: number): JudgedModel {
  const { metrics, pixels, cells } = evaluate(pictures);
  const ious = classIou(pixels);
  const recalls = typeRecalls(pixels);
  const cellsFound = cells.types === 0 ? [] : cellRecalls(cells);
  return {
    metrics: byMetric((name) => storedInterval(metrics[name])),
    classes: Array.from({ length: types }, (_, k) => ({
      iou: known(ious[k + 1]),
      recall: known(recalls[k]),
      cellRecall: known(cellsFound[k]),
    })),
    pixels: rowsOf(pixels.counts, types + 1),
    cells: cells.types === 0 ? [] : rowsOf(cells.counts, types + 1),
    images: pictures.length,
    samples: metrics.miou.samples,
  };
}

/** Rows of a table that lies in one piece. */
export function rowsOf(counts: Float64Array, columns: number): number[][] {
  return Array.from({ length: counts.length / columns }, (_, row) => [
    ...counts.subarray(row * columns, (row + 1) * columns),
  ]);
}
