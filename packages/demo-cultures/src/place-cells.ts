import type { LabelMap, Random } from '@cellmixer/pixels';
import { type CellShape, createCellShape } from './cell-shape.ts';
import type { DemoLine } from './demo-line.ts';
import { valueNoise } from './value-noise.ts';

export interface PlacedCell {
  /** Its number in the label map. */
  readonly label: number;
  readonly line: DemoLine;
  /** 0…1: how much of its line's own outline and texture it has. */
  readonly typical: number;
  readonly x: number;
  readonly y: number;
  readonly cosine: number;
  readonly sine: number;
}

export interface Layout {
  readonly instances: LabelMap;
  readonly cells: readonly PlacedCell[];
}

export interface PlaceCellsOptions {
  readonly width: number;
  readonly height: number;
  /** Share of the picture to cover, 0…1. */
  readonly confluence: number;
  /** The line of the next cell, given what each line covers so far (px). */
  readonly nextLine: (covered: ReadonlyMap<DemoLine, number>) => DemoLine;
  readonly random: Random;
}

/** Share of the new cells that are set beside one that is there, so that cells touch. */
const TOUCHING = 0.5;
/** A cell that would lose more than this share of itself below others is set elsewhere. */
const LARGEST_OVERLAP = 0.06;

/** Young cells of every line look alike: some cells of a line have little of what marks it. */
function drawTypical(random: Random): number {
  return Math.min(1, random.uniform(0.3, 1.4));
}

/** Outlines wander by up to this, over this many px: none is as smooth as its formula. */
const WRINKLE = 2.4;
const WRINKLE_LENGTH = 8;

/** Sets cells on a free ground until the confluence is reached; where two overlap, the earlier one stays. */
export function placeCells(options: PlaceCellsOptions): Layout {
  const { width, height, nextLine, random } = options;
  const instances: LabelMap = { width, height, data: new Int32Array(width * height) };
  const cells: PlacedCell[] = [];
  const covered = new Map<DemoLine, number>();
  const wanted = options.confluence * width * height;
  const mostTries = Math.ceil((width * height) / 10);
  const wrinkles = { x: wrinklePlane(options, 1), y: wrinklePlane(options, 2) };
  let total = 0;
  let line = nextLine(covered);
  let typical = drawTypical(random);
  let shape = createCellShape(line, typical, random);
  for (let tries = 1; total < wanted && tries < mostTries; tries++) {
    // A cell that finds no place gives way to another one of its line.
    if (tries % 50 === 0) shape = createCellShape(line, typical, random);
    const cell = candidate({ line, typical }, shape, cells, options);
    if (isTaken(instances, cell.x, cell.y)) continue;
    const pixels = pixelsOf(cell, shape, options, wrinkles);
    const free = pixels.filter((pixel) => instances.data[pixel] === 0);
    if (free.length < 12 || free.length < (1 - LARGEST_OVERLAP) * pixels.length) continue;
    const label = cells.length + 1;
    for (const pixel of free) instances.data[pixel] = label;
    cells.push({ ...cell, label });
    covered.set(line, (covered.get(line) ?? 0) + free.length);
    total += free.length;
    line = nextLine(covered);
    typical = drawTypical(random);
    shape = createCellShape(line, typical, random);
  }
  return { instances, cells };
}

/** Most places that will not do are found by their middle, without drawing the cell. */
function isTaken({ width, height, data }: LabelMap, x: number, y: number): boolean {
  const column = Math.round(x);
  const row = Math.round(y);
  if (column < 0 || row < 0 || column >= width || row >= height) return false;
  return data[row * width + column] !== 0;
}

function candidate(
  kind: Pick<PlacedCell, 'line' | 'typical'>,
  shape: CellShape,
  cells: readonly PlacedCell[],
  { width, height, random }: PlaceCellsOptions,
): Omit<PlacedCell, 'label'> {
  const angle = random.uniform(0, 2 * Math.PI);
  const turned = { ...kind, cosine: Math.cos(angle), sine: Math.sin(angle) };
  if (cells.length > 0 && random.next() < TOUCHING) {
    const beside = random.pick(cells);
    const direction = random.uniform(0, 2 * Math.PI);
    const distance = random.uniform(0.6, 1.1) * (14 + 0.5 * shape.reach);
    return {
      ...turned,
      x: beside.x + distance * Math.cos(direction),
      y: beside.y + distance * Math.sin(direction),
    };
  }
  // Some cells are cut by the picture's edge, as in a microscope.
  return { ...turned, x: random.uniform(-10, width + 10), y: random.uniform(-10, height + 10) };
}

function pixelsOf(
  cell: Omit<PlacedCell, 'label'>,
  shape: CellShape,
  { width, height }: PlaceCellsOptions,
  wrinkles: Wrinkles,
): number[] {
  const pixels: number[] = [];
  const top = Math.max(0, Math.ceil(cell.y - shape.reach));
  const bottom = Math.min(height - 1, Math.floor(cell.y + shape.reach));
  const left = Math.max(0, Math.ceil(cell.x - shape.reach));
  const right = Math.min(width - 1, Math.floor(cell.x + shape.reach));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const dx = x - cell.x + wrinkles.x[y * width + x]!;
      const dy = y - cell.y + wrinkles.y[y * width + x]!;
      if (shape.contains(cell.cosine * dx + cell.sine * dy, cell.cosine * dy - cell.sine * dx)) {
        pixels.push(y * width + x);
      }
    }
  }
  return pixels;
}

interface Wrinkles {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

function wrinklePlane({ width, height, random }: PlaceCellsOptions, axis: number): Float32Array {
  const seed = random.fork('wrinkles', axis).integer(2 ** 31);
  const plane = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      plane[y * width + x] = WRINKLE * valueNoise(x / WRINKLE_LENGTH, y / WRINKLE_LENGTH, seed);
    }
  }
  return plane;
}
