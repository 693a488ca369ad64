import { createRandom, type FloatImage, gaussian, type Random } from '@cellmixer/pixels';

/** Side of a noise tile, a power of two. */
const TILE = 256;
/** σ of the blur that makes the broad noise, px. */
const BROAD_SIGMA = 1.5;
/** Side of the windows whose variance is measured, px. */
const WINDOW = 12;

/** Background noise of a picture at the working scale: a standard deviation per channel, calibrated units. */
export interface NoiseLevel {
  /** The part without neighbourhood. */
  readonly fine: readonly number[];
  /** The rest within windows of 12 px: grain, debris, residual texture. */
  readonly broad: readonly number[];
}

/**
 * Noise of the cell-free pixels, or null where there are too few. The total is the median variance of windows;
 * the fine part comes from the residual to the mean of four neighbours (variance 1.25 σ² for white noise).
 */
export function measureNoise(image: FloatImage, free: Uint8Array): NoiseLevel | null {
  const { width, height, channels, data } = image;
  const fine: number[] = [];
  const broad: number[] = [];
  for (let c = 0; c < channels; c++) {
    const plane = data.subarray(c * width * height, (c + 1) * width * height);
    const totals: number[] = [];
    const residuals: number[] = [];
    for (let y = 0; y + WINDOW <= height; y += WINDOW / 2) {
      for (let x = 0; x + WINDOW <= width; x += WINDOW / 2) {
        const found = windowNoise(plane, free, width, x, y);
        if (found === null) continue;
        totals.push(found.total);
        residuals.push(found.fine);
      }
    }
    if (totals.length < 3) return null;
    const total = quantile(totals, 0.5);
    const white = Math.min(total, quantile(residuals, 0.5));
    fine.push(Math.sqrt(white));
    broad.push(Math.sqrt(total - white));
  }
  return { fine, broad };
}

function windowNoise(plane: Float32Array, free: Uint8Array, width: number, x0: number, y0: number) {
  let sum = 0;
  let squares = 0;
  let residual = 0;
  for (let y = y0; y < y0 + WINDOW; y++) {
    for (let x = x0; x < x0 + WINDOW; x++) {
      const i = y * width + x;
      if (free[i] === 0) return null;
      const v = plane[i]!;
      sum += v;
      squares += v * v;
      if (x > x0 && y > y0 && x < x0 + WINDOW - 1 && y < y0 + WINDOW - 1) {
        const r = v - (plane[i - 1]! + plane[i + 1]! + plane[i - width]! + plane[i + width]!) / 4;
        residual += r * r;
      }
    }
  }
  const n = WINDOW * WINDOW;
  return {
    total: Math.max(0, (squares - (sum * sum) / n) / (n - 1)),
    fine: residual / 1.25 / ((WINDOW - 2) * (WINDOW - 2)),
  };
}

function quantile(values: number[], q: number): number {
  values.sort((a, b) => a - b);
  return values[Math.round(q * (values.length - 1))]!;
}

/** A quantile (0…1) of both parts, channel by channel; no noise where nothing was measured. */
export function noiseQuantile(levels: readonly NoiseLevel[], q: number, channels: number): NoiseLevel {
  const of = (part: 'fine' | 'broad') =>
    Array.from({ length: channels }, (_, c) =>
      levels.length === 0
        ? 0
        : quantile(
            levels.map((level) => level[part][c]!),
            q,
          ),
    );
  return { fine: of('fine'), broad: of('broad') };
}

/**
 * What must be added, independently, to come from one level to another.
 *
 * @param keptFine how much of the fine part is left of what one has, 0…1
 */
export function missingNoise(have: NoiseLevel, want: NoiseLevel, keptFine = 1): NoiseLevel {
  return {
    fine: want.fine.map((fine, c) => missing(keptFine * have.fine[c]!, fine)),
    broad: want.broad.map((broad, c) => missing(have.broad[c]!, broad)),
  };
}

function missing(have: number, want: number): number {
  return Math.sqrt(Math.max(0, want * want - have * have));
}

/** Periodic tiles of unit-variance noise, drawn once; samples read them from random places. */
export interface NoiseTiles {
  readonly fine: Float32Array;
  readonly broad: Float32Array;
}

/** The same for every run: what differs from sample to sample is where they are read. */
export function createNoiseTiles(): NoiseTiles {
  const random = createRandom('noise tiles');
  const fine = new Float32Array(TILE * TILE).map(() => random.normal());
  return { fine, broad: blurredTile(random) };
}

function blurredTile(random: Random): Float32Array {
  const pad = 8;
  const side = TILE + 2 * pad;
  const white = new Float32Array(TILE * TILE).map(() => random.normal());
  const data = new Float32Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      data[y * side + x] = white[((y - pad) & (TILE - 1)) * TILE + ((x - pad) & (TILE - 1))]!;
    }
  }
  const blurred = gaussian({ width: side, height: side, data }, BROAD_SIGMA).data;
  const out = new Float32Array(TILE * TILE);
  let squares = 0;
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      const v = blurred[(y + pad) * side + x + pad]!;
      out[y * TILE + x] = v;
      squares += v * v;
    }
  }
  const scale = 1 / Math.sqrt(squares / out.length);
  return out.map((v) => v * scale);
}

/** Adds the noise of one channel to its plane of side `size`, read from a random place of the tiles. */
export function addNoise(
  plane: Float32Array,
  size: number,
  fine: number,
  broad: number,
  tiles: NoiseTiles,
  random: Random,
): void {
  if (fine > 0) addTile(plane, size, fine, tiles.fine, random);
  if (broad > 0) addTile(plane, size, broad, tiles.broad, random);
}

function addTile(
  plane: Float32Array,
  size: number,
  amount: number,
  tile: Float32Array,
  random: Random,
): void {
  const ox = random.integer(TILE);
  const oy = random.integer(TILE);
  for (let y = 0; y < size; y++) {
    const row = ((y + oy) & (TILE - 1)) * TILE;
    const o = y * size;
    for (let x = 0; x < size; x++) plane[o + x]! += amount * tile[row + ((x + ox) & (TILE - 1))]!;
  }
}

/** The noise tile's value at a pixel, for additions that follow a shape. */
export function tileAt(tile: Float32Array, x: number, y: number): number {
  return tile[(y & (TILE - 1)) * TILE + (x & (TILE - 1))]!;
}
