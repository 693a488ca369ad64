import type { Recipe } from '../contracts.ts';
import type { Donor } from './donor.ts';
import { type NoiseTiles, tileAt } from './noise.ts';
import type { Place } from './place.ts';
import { countLabel, type Scene, UNDECIDED } from './scene.ts';
import type { Stock } from './stock.ts';

/** Below this the canvas keeps its label, above it the donor's background hides what lay there. */
const HALF = 0.5;
/** A halo over a placed cell stays translucent, so that the cell below keeps its label. */
const HALO_OVER_CELL = 0.45;

export interface PasteContext {
  readonly stock: Stock;
  readonly recipe: Recipe;
  readonly tiles: NoiseTiles;
  /** `cover` hides what lies below (soft alpha); `add` is transparent light: deviations add or multiply. */
  readonly blend: 'cover' | 'add';
  /** Where the noise tiles are read in this sample. */
  readonly noiseX: number;
  readonly noiseY: number;
}

/** Puts the donor onto the scene and labels what it covers by the recipe's overlap rule. */
export function pasteDonor(scene: Scene, donor: Donor, place: Place, context: PasteContext): void {
  const { size } = scene;
  const left = Math.max(0, -place.x);
  const right = Math.min(donor.width, size - place.x);
  for (let v = Math.max(0, -place.y); v < Math.min(donor.height, size - place.y); v++) {
    for (let u = left; u < right; u++) {
      const from = v * donor.width + u;
      const alpha = donor.alpha[from]!;
      if (alpha === 0) continue;
      const to = (place.y + v) * size + place.x + u;
      // Where a cut fades to less than half, what is seen is a mixture that has no name.
      const state = donor.state[from] === 1 && alpha < HALF ? 2 : donor.state[from]!;
      const weight = state === 0 && scene.labels[to] !== 0 ? alpha * HALO_OVER_CELL : alpha;
      if (context.blend === 'cover') cover(scene, donor, from, to, weight, context);
      else add(scene, donor, from, to, weight, context);
      if (weight >= HALF || state === 2) relabel(scene, donor, to, state, context);
    }
  }
}

function cover(
  scene: Scene,
  donor: Donor,
  from: number,
  to: number,
  alpha: number,
  { tiles, stock, noiseX, noiseY }: PasteContext,
): void {
  const area = scene.size * scene.size;
  const size = donor.width * donor.height;
  const { missing } = donor;
  const x = (to % scene.size) + noiseX;
  const y = Math.floor(to / scene.size) + noiseY;
  // Variance that the donor's own pixels miss, and that blending two independent noises loses.
  const own = alpha * alpha;
  const lost = 2 * alpha * (1 - alpha);
  for (let c = 0; c < scene.channels; c++) {
    const i = c * area + to;
    let value = (1 - alpha) * scene.image[i]! + alpha * (scene.base[c]! + donor.image[c * size + from]!);
    if (missing !== null) {
      const fine = own * missing.fine[c]! ** 2 + lost * stock.noise.fine[c]! ** 2;
      const broad = own * missing.broad[c]! ** 2 + lost * stock.noise.broad[c]! ** 2;
      if (fine > 0) value += Math.sqrt(fine) * tileAt(tiles.fine, x + 31 * c, y + 17 * c);
      if (broad > 0) value += Math.sqrt(broad) * tileAt(tiles.broad, x + 31 * c, y + 17 * c);
    }
    scene.image[i] = value;
  }
}

/**
 * Light through both: transmitted ratios add as (1+a) + (1+b) − 1 and fluorescence adds, so calibrated
 * deviations add; absorption multiplies ratios, (1+a)(1+b).
 */
function add(
  scene: Scene,
  donor: Donor,
  from: number,
  to: number,
  alpha: number,
  { stock }: PasteContext,
): void {
  const area = scene.size * scene.size;
  const size = donor.width * donor.height;
  const { modality, intensityScale } = stock.calibration;
  for (let c = 0; c < scene.channels; c++) {
    const i = c * area + to;
    const below = scene.image[i]!;
    const deviation = alpha * donor.image[c * size + from]!;
    scene.image[i] =
      modality === 'stained' ? below + deviation * (1 + intensityScale[c]! * below) : below + deviation;
  }
}

/** State 0: the donor's background; 1: its cell; 2: its undecided ring. */
function relabel(scene: Scene, donor: Donor, to: number, state: number, context: PasteContext): void {
  const before = scene.labels[to]!;
  let label = before;
  if (state === 0) {
    if (context.blend === 'cover' && before !== 0) label = UNDECIDED;
  } else if (state === 2) {
    label = UNDECIDED;
  } else {
    const own = 1 << donor.type;
    if (before === 0 || context.recipe.overlap === 'upper') label = own;
    else if (context.recipe.overlap === 'both') label = before | own;
    else label = before === own ? own : UNDECIDED;
  }
  if (label === before && state !== 1) return;
  scene.labels[to] = label;
  scene.weight[to] = (label & UNDECIDED) !== 0 ? 0 : donor.confidence;
  countLabel(scene, before, -1);
  countLabel(scene, label, 1);
}
