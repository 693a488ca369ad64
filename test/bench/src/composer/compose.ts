import type { ClassMap, FloatImage, LabelMap } from '@cellmixer/pixels';
import { below, frozenRandom, shuffled } from './random.ts';

/** A pure picture with drawn instances, as the composer takes it. */
export interface Donor {
  readonly type: number;
  readonly image: FloatImage;
  readonly instances: LabelMap;
}

export interface Mixture {
  readonly name: string;
  readonly image: FloatImage;
  /** 0 background, 1…K, 255 ignored. */
  readonly classMap: ClassMap;
  readonly instances: LabelMap;
}

export type Board = 'b1' | 'b2' | 'b3';

export const CROP = 256;
export const CROPS_PER_BOARD = 60;
const FEATHER = 8;
const SEAM = 8;
/** Largest share of a pasted instance that may lie on cells that are already there. */
const MAX_OVERLAP = 0.2;

interface Instance {
  readonly donor: Donor;
  readonly label: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly area: number;
}

function findInstances(donor: Donor): Instance[] {
  const { width, height, data } = donor.instances;
  const boxes = new Map<number, { x0: number; y0: number; x1: number; y1: number; area: number }>();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = data[y * width + x]!;
      if (label === 0) continue;
      const box = boxes.get(label);
      if (box === undefined) boxes.set(label, { x0: x, y0: y, x1: x + 1, y1: y + 1, area: 1 });
      else {
        box.x0 = Math.min(box.x0, x);
        box.x1 = Math.max(box.x1, x + 1);
        box.y1 = y + 1;
        box.area++;
      }
    }
  }
  // Cells cut by the picture's edge are no whole instances.
  return [...boxes]
    .filter(([, b]) => b.x0 > 0 && b.y0 > 0 && b.x1 < width && b.y1 < height && b.area >= 30)
    .map(([label, box]) => ({ donor, label, ...box }));
}

const levelsOf = new WeakMap<Donor, number[]>();

/** Median of the pixels outside every cell, per channel. */
function backgroundLevels(donor: Donor): number[] {
  const known = levelsOf.get(donor);
  if (known !== undefined) return known;
  const { image, instances } = donor;
  const size = image.width * image.height;
  const levels = Array.from({ length: image.channels }, (_, channel) => {
    const values = image.data
      .subarray(channel * size, (channel + 1) * size)
      .filter((_, i) => instances.data[i] === 0)
      .sort();
    return values[values.length >> 1] ?? 0;
  });
  levelsOf.set(donor, levels);
  return levels;
}

interface Canvas {
  readonly pixels: Float32Array;
  readonly channels: number;
  readonly levels: readonly number[];
  readonly classes: Uint8Array;
  readonly labels: Int32Array;
  nextLabel: number;
}

function cutCanvas(donor: Donor, levels: readonly number[], random: () => number): Canvas {
  const { image, instances } = donor;
  const x = below(random, image.width - CROP + 1);
  const y = below(random, image.height - CROP + 1);
  const pixels = new Float32Array(image.channels * CROP * CROP);
  const classes = new Uint8Array(CROP * CROP);
  const labels = new Int32Array(CROP * CROP);
  const renamed = new Map<number, number>();
  for (let row = 0; row < CROP; row++) {
    for (let column = 0; column < CROP; column++) {
      const from = (y + row) * image.width + x + column;
      const to = row * CROP + column;
      for (let c = 0; c < image.channels; c++) {
        pixels[c * CROP * CROP + to] = image.data[c * image.width * image.height + from]!;
      }
      const label = instances.data[from]!;
      if (label === 0) continue;
      const name = renamed.get(label) ?? renamed.size + 1;
      renamed.set(label, name);
      labels[to] = name;
      classes[to] = donor.type + 1;
    }
  }
  return { pixels, channels: image.channels, levels, classes, labels, nextLabel: renamed.size + 1 };
}

/** Distance (px) of each pixel of a padded box to the instance, capped; brute force, the boxes are small. */
function distanceTo(inside: Uint8Array, width: number, height: number, cap: number): Float32Array {
  const distance = new Float32Array(width * height).fill(cap + 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (inside[y * width + x] === 0) continue;
      for (let dy = -cap; dy <= cap; dy++) {
        const yy = y + dy;
        if (yy < 0 || yy >= height) continue;
        for (let dx = -cap; dx <= cap; dx++) {
          const xx = x + dx;
          if (xx < 0 || xx >= width) continue;
          const d = Math.sqrt(dx * dx + dy * dy);
          if (d < distance[yy * width + xx]!) distance[yy * width + xx] = d;
        }
      }
    }
  }
  return distance;
}

/** Pastes one whole instance, quarter-turned by chance. Returns the area that it covers, 0 where it did not fit. */
function pasteInstance(
  canvas: Canvas,
  item: Instance,
  levels: readonly number[],
  halo: number,
  random: () => number,
): number {
  const { image, instances } = item.donor;
  const pad = halo;
  const boxWidth = item.x1 - item.x0 + 2 * pad;
  const boxHeight = item.y1 - item.y0 + 2 * pad;
  const turns = below(random, 4);
  const mirror = random() < 0.5;
  const turned = turns % 2 === 1;
  const width = turned ? boxHeight : boxWidth;
  const height = turned ? boxWidth : boxHeight;
  const inside = new Uint8Array(width * height);
  const source = new Int32Array(width * height).fill(-1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let u = mirror ? width - 1 - x : x;
      let v = y;
      if (turns === 1) [u, v] = [v, width - 1 - u];
      else if (turns === 2) [u, v] = [width - 1 - u, height - 1 - v];
      else if (turns === 3) [u, v] = [height - 1 - v, u];
      const sx = item.x0 - pad + u;
      const sy = item.y0 - pad + v;
      if (sx < 0 || sy < 0 || sx >= image.width || sy >= image.height) continue;
      const from = sy * image.width + sx;
      source[y * width + x] = from;
      inside[y * width + x] = instances.data[from] === item.label ? 1 : 0;
    }
  }
  const left = below(random, CROP + 1) - (width >> 1);
  const top = below(random, CROP + 1) - (height >> 1);
  let visible = 0;
  let taken = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cx = left + x;
      const cy = top + y;
      if (inside[y * width + x] === 0 || cx < 0 || cy < 0 || cx >= CROP || cy >= CROP) continue;
      visible++;
      if (canvas.labels[cy * CROP + cx]! > 0) taken++;
    }
  }
  if (visible < item.area / 2 || taken > visible * MAX_OVERLAP) return 0;
  const distance = halo > 0 ? distanceTo(inside, width, height, halo) : null;
  const label = canvas.nextLabel++;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cx = left + x;
      const cy = top + y;
      const at = y * width + x;
      const from = source[at]!;
      if (from < 0 || cx < 0 || cy < 0 || cx >= CROP || cy >= CROP) continue;
      const isCell = inside[at] === 1;
      // The halo of the donor: other cells of the donor's picture are not taken along.
      const foreign = !isCell && instances.data[from]! > 0;
      const alpha = isCell
        ? 1
        : distance === null || foreign
          ? 0
          : Math.max(0, 1 - distance[at]! / (halo + 1));
      if (alpha === 0) continue;
      const to = cy * CROP + cx;
      for (let c = 0; c < canvas.channels; c++) {
        const value = image.data[c * image.width * image.height + from]! - levels[c]! + canvas.levels[c]!;
        const p = c * CROP * CROP + to;
        canvas.pixels[p] = alpha * value + (1 - alpha) * canvas.pixels[p]!;
      }
      if (isCell) {
        canvas.labels[to] = label;
        canvas.classes[to] = item.donor.type + 1;
      }
    }
  }
  return visible;
}

function finish(name: string, canvas: Canvas): Mixture {
  const size = { width: CROP, height: CROP };
  return {
    name,
    image: { ...size, channels: canvas.channels, data: canvas.pixels },
    classMap: { ...size, data: canvas.classes },
    instances: { ...size, data: canvas.labels },
  };
}

function chooseTypes(count: number, random: () => number): number[] {
  const all = shuffled(
    random,
    Array.from({ length: count }, (_, i) => i),
  );
  return all.slice(0, count === 2 || random() < 0.5 ? 2 : 3);
}

function composePaste(
  name: string,
  donors: readonly Donor[],
  types: number,
  halo: number,
  random: () => number,
): Mixture {
  const chosen = chooseTypes(types, random);
  const ofType = (type: number) => donors.filter((donor) => donor.type === type);
  const pick = <T>(list: readonly T[]): T => list[below(random, list.length)]!;
  const base = pick(ofType(chosen[0]!));
  const canvas = cutCanvas(base, backgroundLevels(base), random);
  for (const type of chosen.slice(1)) {
    const donor = pick(ofType(type));
    const instances = findInstances(donor);
    const levels = backgroundLevels(donor);
    const wanted = (0.08 + 0.17 * random()) * CROP * CROP;
    let covered = 0;
    for (let attempt = 0; attempt < 400 && covered < wanted && instances.length > 0; attempt++) {
      covered += pasteInstance(canvas, pick(instances), levels, halo, random);
    }
  }
  return finish(name, canvas);
}

function composeVoronoi(
  name: string,
  donors: readonly Donor[],
  types: number,
  random: () => number,
): Mixture {
  const chosen = chooseTypes(types, random);
  const pick = <T>(list: readonly T[]): T => list[below(random, list.length)]!;
  const layers = chosen.map((type) => {
    const donor = pick(donors.filter((d) => d.type === type));
    return cutCanvas(donor, backgroundLevels(donor), random);
  });
  const first = layers[0]!;
  const sites = Array.from({ length: 2 * chosen.length }, (_, i) => ({
    x: random() * CROP,
    y: random() * CROP,
    layer: i % chosen.length,
  }));
  const out: Canvas = {
    pixels: new Float32Array(first.pixels.length),
    channels: first.channels,
    levels: first.levels,
    classes: new Uint8Array(CROP * CROP),
    labels: new Int32Array(CROP * CROP),
    nextLabel: 1,
  };
  for (let y = 0; y < CROP; y++) {
    for (let x = 0; x < CROP; x++) {
      let best = sites[0]!;
      let bestDistance = Number.POSITIVE_INFINITY;
      for (const site of sites) {
        const d = Math.hypot(site.x - x, site.y - y);
        if (d < bestDistance) [best, bestDistance] = [site, d];
      }
      let seam = Number.POSITIVE_INFINITY;
      for (const site of sites) {
        if (site.layer === best.layer) continue;
        // Distance to the bisector of the two sites.
        const gap = Math.hypot(site.x - best.x, site.y - best.y);
        const d = Math.hypot(site.x - x, site.y - y);
        seam = Math.min(seam, (d * d - bestDistance * bestDistance) / (2 * gap));
      }
      const layer = layers[best.layer]!;
      const at = y * CROP + x;
      for (let c = 0; c < out.channels; c++) {
        const p = c * CROP * CROP + at;
        out.pixels[p] = layer.pixels[p]! - layer.levels[c]! + first.levels[c]!;
      }
      out.classes[at] = seam < SEAM / 2 ? 255 : layer.classes[at]!;
      out.labels[at] =
        seam < SEAM / 2 ? 0 : layer.labels[at]! === 0 ? 0 : layer.labels[at]! * chosen.length + best.layer;
    }
  }
  return finish(name, out);
}

/**
 * The frozen test mixtures: 60 crops of 256² native pixels a board, two or three lines each.
 * B1 pastes whole true instances with a hard edge, B2 feathers them over an 8 px halo,
 * B3 puts whole pictures side by side in Voronoi cells (no masks; an 8 px seam is ignored).
 */
export function composeBoard(board: Board, donors: readonly Donor[], types: number, seed = 20231): Mixture[] {
  const usable = donors.filter((donor) => donor.image.width >= CROP && donor.image.height >= CROP);
  const random = frozenRandom(seed + { b1: 1, b2: 2, b3: 3 }[board] * 7919);
  return Array.from({ length: CROPS_PER_BOARD }, (_, i) => {
    const name = `${board}-${String(i + 1).padStart(2, '0')}`;
    if (board === 'b3') return composeVoronoi(name, usable, types, random);
    return composePaste(name, usable, types, board === 'b2' ? FEATHER : 0, random);
  });
}

/** True cells of each picture on cell-free-as-can-be background of another line, alone: for `canvasSwap`. */
export function composeSwap(
  donors: readonly Donor[],
  types: number,
  swapped: boolean,
  seed = 90210,
): Mixture[] {
  const usable = donors.filter((donor) => donor.image.width >= CROP && donor.image.height >= CROP);
  const random = frozenRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[below(random, list.length)]!;
  return Array.from({ length: CROPS_PER_BOARD }, (_, i) => {
    const type = i % types;
    const donor = pick(usable.filter((d) => d.type === type));
    // Drawn in both cases, so that the cells pasted are the same.
    const shift = 1 + below(random, types - 1);
    const other = swapped ? (type + shift) % types : type;
    const ground = pick(usable.filter((d) => d.type === other));
    const canvas = cutCanvas(ground, backgroundLevels(ground), random);
    eraseCells(canvas, random);
    const instances = findInstances(donor);
    const wanted = 0.2 * CROP * CROP;
    let covered = 0;
    for (let attempt = 0; attempt < 400 && covered < wanted && instances.length > 0; attempt++) {
      covered += pasteInstance(canvas, pick(instances), backgroundLevels(donor), FEATHER, random);
    }
    return finish(`${swapped ? 'swap' : 'stay'}-${i + 1}`, canvas);
  });
}

/** Replaces the cells (and 6 px around) of a canvas by pixels of its own background taken at random offsets. */
function eraseCells(canvas: Canvas, random: () => number): void {
  const grown = new Uint8Array(CROP * CROP);
  const r = 6;
  for (let y = 0; y < CROP; y++) {
    for (let x = 0; x < CROP; x++) {
      if (canvas.labels[y * CROP + x] === 0) continue;
      for (let yy = Math.max(0, y - r); yy <= Math.min(CROP - 1, y + r); yy++) {
        grown.fill(1, yy * CROP + Math.max(0, x - r), yy * CROP + Math.min(CROP, x + r + 1));
      }
    }
  }
  const free: number[] = [];
  const block = 12;
  for (let y = 0; y + block <= CROP; y += 2) {
    for (let x = 0; x + block <= CROP; x += 2) {
      let clean = true;
      for (let yy = y; yy < y + block && clean; yy++) {
        for (let xx = x; xx < x + block; xx++) if (grown[yy * CROP + xx] === 1) clean = false;
      }
      if (clean) free.push(y * CROP + x);
    }
  }
  const original = canvas.pixels.slice();
  for (let y = 0; y < CROP; y += block) {
    for (let x = 0; x < CROP; x += block) {
      const from = free.length > 0 ? free[below(random, free.length)]! : -1;
      for (let yy = y; yy < Math.min(CROP, y + block); yy++) {
        for (let xx = x; xx < Math.min(CROP, x + block); xx++) {
          const at = yy * CROP + xx;
          if (grown[at] === 0) continue;
          for (let c = 0; c < canvas.channels; c++) {
            const p = c * CROP * CROP;
            const filled = from < 0 ? canvas.levels[c]! : original[p + from + (yy - y) * CROP + (xx - x)]!;
            canvas.pixels[p + at] = filled;
          }
        }
      }
    }
  }
  canvas.labels.fill(0);
  canvas.classes.fill(0);
}
