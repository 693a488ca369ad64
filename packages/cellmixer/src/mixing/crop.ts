import type { Random } from '@cellmixer/pixels';
import type { Recipe } from '../contracts.ts';
import { coverageOf } from './coverage.ts';
import { backgroundAt } from './local-background.ts';
import { addNoise, missingNoise, type NoiseTiles } from './noise.ts';
import { type Scene, UNDECIDED } from './scene.ts';
import type { Stock, StockPicture } from './stock.ts';

/** Places that are looked at before one is taken. */
const TRIES = 6;

export interface CropContext {
  readonly stock: Stock;
  readonly recipe: Recipe;
  readonly tiles: NoiseTiles;
}

/**
 * Fills the scene with a crop of the picture, cells and all, turned by quarters and mirrored. What lies outside
 * a picture smaller than the scene is its reflection. The crop's cover comes as near to the range `cover` as a
 * few tries allow.
 */
export function drawCrop(
  scene: Scene,
  picture: StockPicture,
  cover: readonly [number, number],
  context: CropContext,
  random: Random,
): void {
  const { size } = scene;
  const { x0, y0 } = chooseCorner(picture, size, cover, random);
  const turn = context.recipe.augment.flips ? random.integer(8) : 0;
  // Scene (x, y) shows column columns[u], row rows[v], with u and v swapped for odd quarter turns.
  const columns = sourceIndices(size, x0, picture.width, (turn & 1) !== 0);
  const rows = sourceIndices(size, y0, picture.height, (turn & 2) !== 0);
  copy(scene, picture, columns, rows, (turn & 4) !== 0);
  const level = context.recipe.levelNoise ? missingNoise(picture.noise, context.stock.noise) : null;
  for (let c = 0; c < scene.channels; c++) {
    const plane = scene.image.subarray(c * size * size, (c + 1) * size * size);
    if (level !== null) addNoise(plane, size, level.fine[c]!, level.broad[c]!, context.tiles, random);
    scene.base[c] = backgroundAt(picture.background, c, x0 + size / 2, y0 + size / 2);
  }
}

function chooseCorner(
  picture: StockPicture,
  size: number,
  [least, most]: readonly [number, number],
  random: Random,
): { x0: number; y0: number } {
  let best = { x0: 0, y0: 0 };
  let bestGap = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TRIES; i++) {
    const x0 = corner(picture.width, size, random);
    const y0 = corner(picture.height, size, random);
    const cover = coverageOf(picture.coverage, x0, y0, size);
    const gap = Math.max(least - cover, cover - most, 0);
    if (gap < bestGap) {
      best = { x0, y0 };
      bestGap = gap;
    }
    if (gap === 0) break;
  }
  return best;
}

/** Where a window may begin: anywhere inside, or with the whole picture somewhere inside the window. */
function corner(length: number, size: number, random: Random): number {
  return length >= size ? random.integer(length - size + 1) : -random.integer(size - length + 1);
}

function sourceIndices(size: number, from: number, length: number, mirrored: boolean): Int32Array {
  const indices = new Int32Array(size);
  const period = 2 * length;
  for (let i = 0; i < size; i++) {
    const at = (((from + (mirrored ? size - 1 - i : i)) % period) + period) % period;
    indices[i] = at < length ? at : period - 1 - at;
  }
  return indices;
}

function copy(
  scene: Scene,
  picture: StockPicture,
  columns: Int32Array,
  rows: Int32Array,
  transposed: boolean,
): void {
  const { size, image, labels, weight, channels } = scene;
  const { width, height, trimap, confidence } = picture;
  const bit = 1 << picture.type;
  const source = picture.image;
  const plane = width * height;
  const area = size * size;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const s = transposed ? rows[x]! * width + columns[y]! : rows[y]! * width + columns[x]!;
      const state = trimap[s]!;
      labels[i] = state === 0 ? 0 : state === 1 ? bit : UNDECIDED;
      weight[i] = state === 0 || state === 1 ? confidence : 0;
      for (let c = 0; c < channels; c++) image[c * area + i] = source[c * plane + s]!;
    }
  }
}
