import { requireAtLeast, requireFinite, requireGrid } from './checks.ts';
import { connectedComponents } from './components.ts';
import type { LabelMap, Plane } from './raster.ts';

/**
 * Marks peaks for a watershed, one pixel each, numbered row by row. A peak is a plateau of equal values above
 * `threshold` with nothing higher beside it, marked at its pixel nearest to its middle. Peaks are taken from the
 * highest down; one within `minDistance` pixels of a taken peak is dropped if both lie in the same connected
 * part of {plane > threshold}, so each part keeps at least one marker.
 * @throws RangeError where a value is not finite or minDistance is negative.
 */
export function peakMarkers(plane: Plane, minDistance: number, threshold: number): LabelMap {
  requireGrid('plane', plane);
  requireFinite('plane', plane.data);
  requireAtLeast('minDistance', minDistance, 0);
  const { width, height, data } = plane;
  const above = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) above[i] = data[i]! > threshold ? 1 : 0;
  const parts = connectedComponents({ width, height, data: above }, 8).labels.data;
  const candidates = plateaus(plane, above);
  candidates.sort((a, b) => data[b]! - data[a]! || a - b);

  // Taken peaks wait in square cells, so that only nine cells are searched.
  const cell = Math.max(1, minDistance);
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const first = new Map<number, number>();
  const next = new Int32Array(candidates.length).fill(-1);
  const taken: number[] = [];
  const limit = minDistance * minDistance;
  for (const pixel of candidates) {
    const x = pixel % width;
    const y = (pixel - x) / width;
    const cx = Math.floor(x / cell);
    const cy = Math.floor(y / cell);
    let free = true;
    for (let ny = Math.max(0, cy - 1); free && ny <= Math.min(rows - 1, cy + 1); ny++) {
      for (let nx = Math.max(0, cx - 1); free && nx <= Math.min(columns - 1, cx + 1); nx++) {
        for (let t = first.get(ny * columns + nx) ?? -1; t >= 0; t = next[t]!) {
          const other = taken[t]!;
          const dx = (other % width) - x;
          const dy = Math.floor(other / width) - y;
          if (dx * dx + dy * dy <= limit && parts[other] === parts[pixel]) {
            free = false;
            break;
          }
        }
      }
    }
    if (!free) continue;
    next[taken.length] = first.get(cy * columns + cx) ?? -1;
    first.set(cy * columns + cx, taken.length);
    taken.push(pixel);
  }
  taken.sort((a, b) => a - b);
  const labels = new Int32Array(data.length);
  for (let t = 0; t < taken.length; t++) labels[taken[t]!] = t + 1;
  return { width, height, data: labels };
}

/** One pixel of each regional maximum (8-connected plateau) inside `above`. */
function plateaus(plane: Plane, above: Uint8Array): number[] {
  const { width, height, data } = plane;
  const seen = new Uint8Array(data.length);
  const result: number[] = [];
  for (let y = 0; y < height; y++) {
    const y0 = y > 0 ? y - 1 : y;
    const y1 = y + 1 < height ? y + 1 : y;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (above[i] === 0 || seen[i] !== 0) continue;
      const value = data[i]!;
      // Most pixels have something higher beside them: the next one in the row tells most of the time.
      if (x + 1 < width && data[i + 1]! > value) continue;
      const x0 = x > 0 ? x - 1 : x;
      const x1 = x + 1 < width ? x + 1 : x;
      let highest = true;
      let alone = true;
      for (let ny = y0; ny <= y1 && highest; ny++) {
        for (let j = ny * width + x0; j <= ny * width + x1; j++) {
          const v = data[j]!;
          if (v > value) {
            highest = false;
            break;
          }
          if (v === value && j !== i) alone = false;
        }
      }
      if (!highest) continue;
      if (alone) result.push(i);
      else {
        const middle = plateauAt(plane, i, seen);
        if (middle >= 0) result.push(middle);
      }
    }
  }
  return result;
}

/** The middle pixel of the plateau that holds `start`, or −1 where something higher touches it. */
function plateauAt({ width, height, data }: Plane, start: number, seen: Uint8Array): number {
  const value = data[start]!;
  const members = [start];
  let highest = true;
  seen[start] = 1;
  for (let m = 0; m < members.length; m++) {
    const i = members[m]!;
    const x = i % width;
    const y = (i - x) / width;
    const y1 = y + 1 < height ? y + 1 : y;
    const x1 = x + 1 < width ? x + 1 : x;
    for (let ny = y > 0 ? y - 1 : y; ny <= y1; ny++) {
      for (let nx = x > 0 ? x - 1 : x; nx <= x1; nx++) {
        const j = ny * width + nx;
        if (data[j]! > value) highest = false;
        else if (data[j] === value && seen[j] === 0) {
          seen[j] = 1;
          members.push(j);
        }
      }
    }
  }
  return highest ? middleOf(members, width) : -1;
}

function middleOf(members: readonly number[], width: number): number {
  if (members.length === 1) return members[0]!;
  let sumX = 0;
  let sumY = 0;
  for (const i of members) {
    sumX += i % width;
    sumY += Math.floor(i / width);
  }
  const mx = sumX / members.length;
  const my = sumY / members.length;
  let best = -1;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const i of members) {
    const dx = (i % width) - mx;
    const dy = Math.floor(i / width) - my;
    const d = dx * dx + dy * dy;
    if (d < bestDistance || (d === bestDistance && i < best)) {
      bestDistance = d;
      best = i;
    }
  }
  return best;
}
