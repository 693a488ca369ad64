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
  const names = new Int32Array(width);
  const logs = new Float64Array(table.types);
  for (let y = from; y < to; y++) {
    const row = (y - from) * width;
    nameRow(names, cells, y - top, foreground, row, threshold);
    targets.instances.set(names, y * width);
    for (let x = 0; x < width; ) {
      const name = names[x]!;
      const start = x++;
      if (name === 0) continue;
      while (x < width && names[x] === name) x++;
      for (let k = 0; k < logs.length; k++) logs[k] = sumLogs(bits[k]!, row + start, row + x);
      table.addRun(name, y, start, x, logs);
    }
  }
  writeClasses(foreground, planes, threshold, targets, from * width);
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

function sumLogs(bits: Uint32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += logarithms[bits[i]! >>> 15]!;
  return sum;
}

function writeClasses(
  foreground: Float32Array,
  planes: readonly Float32Array[],
  threshold: number,
  targets: RowTargets,
  offset: number,
): void {
  const { pixelwise, uncertainty } = targets;
  const types = planes.length;
  const scale = 255 * (1 + 1 / types);
  for (let i = 0; i < foreground.length; i++) {
    const f = foreground[i]!;
    if (f < threshold) pixelwise[offset + i] = 0;
    if (f < threshold && f <= 0.5) {
      // Background wins here whatever the types say.
      if (uncertainty !== null) uncertainty[offset + i] = f * scale + 0.5;
      continue;
    }
    let best = 0;
    let highest = planes[0]![i]!;
    for (let k = 1; k < types; k++) {
      const p = planes[k]![i]!;
      if (p > highest) {
        highest = p;
        best = k;
      }
    }
    if (f >= threshold) pixelwise[offset + i] = best + 1;
    if (uncertainty !== null) {
      const sure = f * highest;
      const doubt = (1 - (sure > 1 - f ? sure : 1 - f)) * scale + 0.5;
      uncertainty[offset + i] = doubt > 255 ? 255 : doubt < 0 ? 0 : doubt;
    }
  }
}
