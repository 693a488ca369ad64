import { resampleLabels } from '@cellmixer/pixels';
import type { Cell } from '../contracts.ts';
import { composition } from './composition.ts';
import type { ByteMap, Segmentation } from './segment-image.ts';

/**
 * A segmentation at the size of the native picture. A native pixel is cell where the foreground probability, linear
 * between working pixels, reaches the threshold; it takes the label of the nearest working pixel that has one. So
 * outlines are not stepped (on drawn LIVECell masks at half resolution: IoU 0.989 against 0.969 by nearest pixels).
 * Areas, centroids and boxes of cells are those of the native maps. Probabilities are dropped.
 */
export function atNativeSize(found: Segmentation, width: number, height: number): Segmentation {
  if (width === found.width && height === found.height) return { ...found, probabilities: null };
  const size = { width, height };
  const instances = new Int32Array(width * height);
  const classMap = new Uint8Array(width * height);
  const pixelwise = new Uint8Array(width * height);
  const foreground = new Uint8Array(width * height);
  const typeOf = Uint8Array.from([0, ...found.cells.map((cell) => cell.type)]);
  const columns = neighbours(found.width, width);
  const rows = neighbours(found.height, height);
  const least = found.threshold * 255;
  for (let y = 0; y < height; y++) {
    const near = rows.near[y]! * found.width;
    const far = rows.far[y]! * found.width;
    const share = rows.share[y]!;
    for (let x = 0; x < width; x++) {
      const left = columns.near[x]!;
      const right = columns.far[x]!;
      const { data } = found.foreground;
      const upper = data[near + left]! + (data[near + right]! - data[near + left]!) * columns.share[x]!;
      const lower = data[far + left]! + (data[far + right]! - data[far + left]!) * columns.share[x]!;
      const value = upper + (lower - upper) * share;
      const at = y * width + x;
      foreground[at] = value + 0.5;
      if (value < least) continue;
      // Nearest first: the pixel below, its neighbour along the row, along the column, across.
      instances[at] = firstOf(found.instances.data, near + left, near + right, far + left, far + right);
      pixelwise[at] = firstOf(
        found.classMapPixelwise.data,
        near + left,
        near + right,
        far + left,
        far + right,
      );
      classMap[at] = typeOf[instances[at]!]!;
    }
  }
  const cells = measureCells(found.cells, instances, width, width / found.width, height / found.height);
  return {
    ...found,
    ...size,
    classMap: { ...size, data: classMap },
    classMapPixelwise: { ...size, data: pixelwise },
    instances: { ...size, data: instances },
    foreground: { ...size, data: foreground },
    uncertainty: found.uncertainty === null ? null : enlarge(found.uncertainty, width, height),
    cells,
    composition: composition(cells, found.types),
    probabilities: null,
  };
}

interface Neighbours {
  /** The working pixel that a native pixel's centre lies in. */
  readonly near: Int32Array;
  /** The one on the other side of it. */
  readonly far: Int32Array;
  /** Weight of the far one, 0…½. */
  readonly share: Float64Array;
}

function neighbours(working: number, native: number): Neighbours {
  const near = new Int32Array(native);
  const far = new Int32Array(native);
  const share = new Float64Array(native);
  for (let i = 0; i < native; i++) {
    const place = ((i + 0.5) * working) / native - 0.5;
    const nearest = Math.min(working - 1, Math.max(0, Math.floor(place + 0.5)));
    const other = Math.min(working - 1, Math.max(0, place < nearest ? nearest - 1 : nearest + 1));
    near[i] = nearest;
    far[i] = other;
    share[i] = other === nearest ? 0 : Math.abs(place - nearest);
  }
  return { near, far, share };
}

function firstOf(values: Int32Array | Uint8Array, a: number, b: number, c: number, d: number): number {
  return values[a]! || values[b]! || values[c]! || values[d]!;
}

function enlarge(map: ByteMap, width: number, height: number): ByteMap {
  return resampleLabels(map, width, height);
}

/** The same cells as the native map shows them; one that no native pixel shows has area 0 and its place scaled. */
function measureCells(
  cells: readonly Cell[],
  instances: Int32Array,
  width: number,
  scaleX: number,
  scaleY: number,
): Cell[] {
  const sums = cells.map(() => ({ area: 0, x: 0, y: 0, x0: Number.MAX_SAFE_INTEGER, y0: 0, x1: 0, y1: 0 }));
  for (let start = 0; start < instances.length; ) {
    const label = instances[start]!;
    const row = Math.floor(start / width);
    const rowEnd = (row + 1) * width;
    let end = start + 1;
    while (end < rowEnd && instances[end] === label) end++;
    const sum = sums[label - 1];
    if (sum !== undefined) {
      const x0 = start - row * width;
      const x1 = end - row * width;
      if (sum.area === 0) sum.y0 = row;
      sum.area += x1 - x0;
      sum.x += ((x0 + x1 - 1) / 2) * (x1 - x0);
      sum.y += row * (x1 - x0);
      sum.x0 = Math.min(sum.x0, x0);
      sum.x1 = Math.max(sum.x1, x1);
      sum.y1 = row + 1;
    }
    start = end;
  }
  return cells.map((cell, i) => {
    const { area, x, y, x0, y0, x1, y1 } = sums[i]!;
    if (area === 0) return { ...cell, ...scaledPlace(cell, scaleX, scaleY), area };
    return { ...cell, area, centroidX: x / area, centroidY: y / area, x0, y0, x1, y1 };
  });
}

function scaledPlace(cell: Cell, scaleX: number, scaleY: number) {
  return {
    centroidX: (cell.centroidX + 0.5) * scaleX - 0.5,
    centroidY: (cell.centroidY + 0.5) * scaleY - 0.5,
    x0: Math.floor(cell.x0 * scaleX),
    y0: Math.floor(cell.y0 * scaleY),
    x1: Math.ceil(cell.x1 * scaleX),
    y1: Math.ceil(cell.y1 * scaleY),
  };
}
