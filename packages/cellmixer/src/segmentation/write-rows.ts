import type { CellTable } from './cell-table.ts';
import { logTable } from './fast-log.ts';
import type { RollingBand } from './rolling-band.ts';
import type { CoarseLabels } from './split-cells.ts';

/** One pixel may not outvote its cell: type probabilities below this count as this. */
const PROBABILITY_FLOOR = 1e-3;
const logarithms = logTable(PROBABILITY_FLOOR);

/** Where finished rows go; every map has the picture's width. */
export interface RowTargets {
  readonly instances: Int32Array;
  readonly pixelwise: Uint8Array;
  /** Probability of foreground × 255. */
  readonly foreground: Uint8Array;
  /** (1 − highest probability of background and types) ÷ its largest possible value, 0…255. */
  readonly uncertainty: Uint8Array | null;
}

/**
 * Writes picture rows `from` … `to` − 1 of a strip into the maps and sums them up by cell.
 *
 * @param cells names of the cells, their first row being picture row `top`
 */
export function writeRows(
  band: RollingBand,
  cells: CoarseLabels,
  top: number,
  from: number,
  to: number,
  threshold: number,
  table: CellTable,
  targets: RowTargets,
): void {
  const { width } = band;
  const foreground = band.rows(0, from, to);
  const planes = Array.from({ length: table.types }, (_, k) => band.rows(k + 1, from, to));
  const bits = planes.map((plane) => new Uint32Array(plane.buffer, plane.byteOffset, plane.length));
  const { instances, pixelwise, uncertainty } = targets;
  const logs = new Float64Array(table.types);
  const highest = new Float32Array(width);
  const best = new Uint8Array(width);
  for (let y = from; y < to; y++) {
    const row = (y - from) * width;
    const names = instances.subarray(y * width, (y + 1) * width);
    nameRow(names, cells, y - top, foreground, row, threshold);
    quantise(foreground, row, width, targets.foreground, y * width);
    for (let x = 0; x < width; ) {
      const name = names[x]!;
      const start = x++;
      if (name === 0) continue;
      while (x < width && names[x] === name) x++;
      for (let k = 0; k < planes.length; k++) {
        logs[k] = rateRun(planes[k]!, bits[k]!, row + start, row + x, k, highest, best);
      }
      table.addRun(name, y, start, x, logs);
      for (let i = start; i < x; i++) pixelwise[y * width + i] = best[i - start]!;
    }
    if (uncertainty !== null) writeUncertainty(foreground, planes, row, width, uncertainty, y * width);
  }
}

/** The name of the cell at every pixel of one row, 0 below the threshold. */
function nameRow(
  names: Int32Array,
  cells: CoarseLabels,
  y: number,
  foreground: Float32Array,
  row: number,
  threshold: number,
): void {
  const { data } = cells;
  const shift = cells.step - 1;
  const coarse = (y >> shift) * cells.width;
  for (let x = 0; x < names.length; x++) {
    names[x] = foreground[row + x]! >= threshold ? data[coarse + (x >> shift)]! : 0;
  }
}

function quantise(
  foreground: Float32Array,
  row: number,
  width: number,
  target: Uint8Array,
  offset: number,
): void {
  for (let x = 0; x < width; x++) target[offset + x] = foreground[row + x]! * 255 + 0.5;
}

/**
 * Takes one type's plane into account along a run of pixels: its sum of log-probabilities is returned, and `best`
 * becomes k + 1 where it beats the types before it (the first of equals wins).
 */
function rateRun(
  plane: Float32Array,
  bits: Uint32Array,
  from: number,
  to: number,
  k: number,
  highest: Float32Array,
  best: Uint8Array,
): number {
  let sum = 0;
  for (let i = from; i < to; i++) {
    sum += logarithms[bits[i]! >>> 15]!;
    const p = plane[i]!;
    if (k === 0 || p > highest[i - from]!) {
      highest[i - from] = p;
      best[i - from] = k + 1;
    }
  }
  return sum;
}

function writeUncertainty(
  foreground: Float32Array,
  planes: readonly Float32Array[],
  row: number,
  width: number,
  uncertainty: Uint8Array,
  offset: number,
): void {
  const scale = 255 * (1 + 1 / planes.length);
  for (let x = 0; x < width; x++) {
    const f = foreground[row + x]!;
    let winner = 1 - f;
    // Up to one half the background wins whatever the types say.
    if (f > 0.5) for (let k = 0; k < planes.length; k++) winner = Math.max(winner, f * planes[k]![row + x]!);
    uncertainty[offset + x] = Math.min(255, (1 - winner) * scale + 0.5);
  }
}
