import type { CellTable } from './cell-table.ts';
import { logTable } from './fast-log.ts';
import type { RollingBand } from './rolling-band.ts';
import type { CoarseLabels } from './split-cells.ts';

/** One pixel may not outvote its cell: type probabilities below this count as this. */
const PROBABILITY_FLOOR = 1e-3;
const logs = logTable(PROBABILITY_FLOOR);

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
 * @param top picture row of the first row of `labels`
 */
export function writeRows(
  band: RollingBand,
  labels: CoarseLabels,
  names: Int32Array,
  top: number,
  from: number,
  to: number,
  threshold: number,
  table: CellTable,
  targets: RowTargets,
): void {
  const { width } = band;
  const types = table.types;
  const foreground = band.rows(0, from, to);
  const planes: Float32Array[] = [];
  const bits: Uint32Array[] = [];
  for (let k = 0; k < types; k++) {
    const plane = band.rows(k + 1, from, to);
    planes.push(plane);
    bits.push(new Uint32Array(plane.buffer, plane.byteOffset, plane.length));
  }
  const runLogs = new Float64Array(types);
  for (let y = from; y < to; y++) {
    const row = (y - from) * width;
    const coarse = Math.floor((y - top) / labels.step) * labels.width;
    for (let x = 0; x < width; ) {
      if (foreground[row + x]! < threshold) {
        x++;
        continue;
      }
      const name = names[labels.data[coarse + (labels.step === 2 ? x >> 1 : x)]!]!;
      const start = x++;
      while (
        x < width &&
        foreground[row + x]! >= threshold &&
        names[labels.data[coarse + (labels.step === 2 ? x >> 1 : x)]!] === name
      ) {
        x++;
      }
      targets.instances.fill(name, y * width + start, y * width + x);
      for (let k = 0; k < types; k++) {
        const plane = bits[k]!;
        let sum = 0;
        for (let i = row + start; i < row + x; i++) sum += logs[plane[i]! >>> 15]!;
        runLogs[k] = sum;
      }
      table.addRun(name, y, start, x, runLogs);
    }
  }
  writeClasses(foreground, planes, threshold, targets, from * width);
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
    if (uncertainty === null && f < threshold) {
      pixelwise[offset + i] = 0;
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
    pixelwise[offset + i] = f < threshold ? 0 : best + 1;
    if (uncertainty !== null) {
      const winner = Math.max(1 - f, f * highest);
      uncertainty[offset + i] = Math.min(255, Math.max(0, (1 - winner) * scale + 0.5));
    }
  }
}
