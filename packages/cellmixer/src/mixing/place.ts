import type { Random } from '@cellmixer/pixels';
import { BLOCK } from './coverage.ts';
import type { Donor } from './donor.ts';
import type { Scene } from './scene.ts';

/** Random places that are tried for one donor before all are looked at. */
const TRIES = 8;
/** Share of a donor that must lie within the scene. */
const VISIBLE = 0.35;

/** Where cells already are, in blocks of 4 × 4 px: 0…16 px each. */
export interface FreeSpace {
  readonly side: number;
  readonly filled: Uint8Array;
}

export function createFreeSpace(size: number): FreeSpace {
  const side = Math.ceil(size / BLOCK);
  return { side, filled: new Uint8Array(side * side) };
}

/** Counts the labelled pixels of the scene in a rectangle of blocks (all of them by default). */
export function refill(
  space: FreeSpace,
  scene: Scene,
  c0 = 0,
  r0 = 0,
  c1 = space.side,
  r1 = space.side,
): void {
  const { size, labels } = scene;
  for (let row = Math.max(0, r0); row < Math.min(space.side, r1); row++) {
    for (let column = Math.max(0, c0); column < Math.min(space.side, c1); column++) {
      let count = 0;
      const xEnd = Math.min(size, (column + 1) * BLOCK);
      for (let y = row * BLOCK; y < Math.min(size, (row + 1) * BLOCK); y++) {
        for (let x = column * BLOCK; x < xEnd; x++) if (labels[y * size + x] !== 0) count++;
      }
      space.filled[row * space.side + column] = count;
    }
  }
}

export interface Place {
  /** Scene pixel of the donor's corner; may be negative. */
  readonly x: number;
  readonly y: number;
}

/** A donor in blocks: how many of its pixels each holds. */
interface Footprint {
  readonly columns: number;
  readonly rows: number;
  readonly pixels: Uint8Array;
  readonly area: number;
}

/**
 * A place for the donor where at most `maxOverlap` of it covers placed cells, or null if none was found.
 *
 * @param touching whether it should touch a placed cell; else it keeps clear where it can
 */
export function findPlace(
  space: FreeSpace,
  donor: Donor,
  maxOverlap: number,
  touching: boolean,
  random: Random,
): Place | null {
  const shiftX = random.integer(BLOCK);
  const shiftY = random.integer(BLOCK);
  const print = footprint(donor, shiftX, shiftY);
  if (print.area === 0) return null;
  const found =
    (touching ? slideToContact(space, print, maxOverlap, random) : null) ??
    scatter(space, print, maxOverlap, random);
  return found === null ? null : { x: found.x * BLOCK + shiftX, y: found.y * BLOCK + shiftY };
}

function footprint(donor: Donor, shiftX: number, shiftY: number): Footprint {
  const columns = Math.ceil((donor.width + shiftX) / BLOCK);
  const rows = Math.ceil((donor.height + shiftY) / BLOCK);
  const pixels = new Uint8Array(columns * rows);
  let area = 0;
  for (let y = 0; y < donor.height; y++) {
    const row = Math.floor((y + shiftY) / BLOCK) * columns;
    for (let x = 0; x < donor.width; x++) {
      if (donor.state[y * donor.width + x] === 0) continue;
      pixels[row + Math.floor((x + shiftX) / BLOCK)]! += 1;
      area++;
    }
  }
  return { columns, rows, pixels, area };
}

/** The first clear place of a few random ones, else one of all allowed places, else null. */
function scatter(space: FreeSpace, print: Footprint, maxOverlap: number, random: Random): Place | null {
  for (let i = 0; i < TRIES; i++) {
    const x = random.integer(space.side) - (print.columns >> 1);
    const y = random.integer(space.side) - (print.rows >> 1);
    if (overlap(space, print, x, y, 0) === 0) return { x, y };
  }
  let found: Place | null = null;
  let count = 0;
  for (let row = random.integer(2); row < space.side; row += 2) {
    for (let column = random.integer(2); column < space.side; column += 2) {
      const x = column - (print.columns >> 1);
      const y = row - (print.rows >> 1);
      const share = overlap(space, print, x, y, maxOverlap);
      if (share < 0 || share > maxOverlap) continue;
      count++;
      if (random.next() * count < 1) found = { x, y };
    }
  }
  return found;
}

/** Starts on a placed cell and slides in a random direction until little enough is covered. */
function slideToContact(
  space: FreeSpace,
  print: Footprint,
  maxOverlap: number,
  random: Random,
): Place | null {
  const allowed = maxOverlap * random.next();
  const placed: number[] = [];
  for (let i = 0; i < space.filled.length; i++) if (space.filled[i]! >= (BLOCK * BLOCK) / 2) placed.push(i);
  if (placed.length === 0) return null;
  for (let i = 0; i < TRIES; i++) {
    const start = random.pick(placed);
    const startX = start % space.side;
    const startY = (start - startX) / space.side;
    const angle = random.uniform(0, 2 * Math.PI);
    for (let step = 0; step < space.side; step++) {
      const x = Math.round(startX + step * Math.cos(angle)) - (print.columns >> 1);
      const y = Math.round(startY + step * Math.sin(angle)) - (print.rows >> 1);
      const share = overlap(space, print, x, y, allowed);
      if (share < 0 && step > 1) break;
      if (share >= 0 && share <= allowed) return { x, y };
    }
  }
  return null;
}

/**
 * Share of the donor that covers placed cells; −1 where too little of it lies within the scene, 1 as soon as it is
 * more than `limit`.
 */
function overlap(space: FreeSpace, print: Footprint, left: number, top: number, limit: number): number {
  const { side, filled } = space;
  const { columns, rows, pixels } = print;
  const tooMuch = limit * BLOCK * BLOCK * print.area;
  let covered = 0;
  let visible = 0;
  const uStart = Math.max(0, -left);
  const uEnd = Math.min(columns, side - left);
  for (let v = Math.max(0, -top); v < Math.min(rows, side - top); v++) {
    const o = (top + v) * side + left;
    for (let u = uStart; u < uEnd; u++) {
      const count = pixels[v * columns + u]!;
      visible += count;
      covered += count * filled[o + u]!;
    }
    if (covered > tooMuch) return 1;
  }
  return visible < VISIBLE * print.area ? -1 : covered / (BLOCK * BLOCK * visible);
}
