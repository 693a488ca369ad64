import { CellMixerError } from '@cellmixer/errors';

/** How one axis of a picture is cut: every tile has the same length and its blend weights. */
export interface TileAxis {
  /** Length of a tile, a multiple of the network's multiple. */
  readonly size: number;
  /** First pixel of each tile, ascending. Neighbours overlap; never more than two tiles meet on a pixel. */
  readonly starts: readonly number[];
  /**
   * Per tile `size` blend weights. The weights of all tiles on a pixel sum to 1, so that a picture's weight is
   * the product of its axes' and no plane of weights is needed; exactly 1 where one tile is alone.
   */
  readonly weights: readonly Float32Array[];
}

export interface TilePlan {
  readonly width: number;
  readonly height: number;
  readonly x: TileAxis;
  readonly y: TileAxis;
  /** Pixels that the network computes ÷ pixels of the picture, ≥ 1. */
  readonly overhead: number;
}

export interface TileOptions {
  /** Longest side of a tile where a picture has to be cut; 512 by default. */
  readonly tileSize?: number;
  /** Least overlap of neighbours, px; 40 by default. */
  readonly overlap?: number;
}

/**
 * Cuts a picture into equal tiles whose sides are multiples of `multiple`. A side of up to 1.5 tiles is not cut but
 * padded to the multiple. Otherwise tiles are spread evenly over the grid of the multiple; the last one may reach
 * beyond the picture by less than a multiple.
 *
 * @throws INVALID_ARGUMENT where the overlap leaves too little of a tile
 */
export function planTiles(
  width: number,
  height: number,
  multiple: number,
  options: TileOptions = {},
): TilePlan {
  const tileSize = floorTo(options.tileSize ?? 512, multiple);
  const overlap = options.overlap ?? 40;
  if (!(width >= 1 && height >= 1)) {
    throw new CellMixerError('INVALID_ARGUMENT', `a picture of ${width}×${height} px has no pixels`);
  }
  if (!(overlap >= 0) || tileSize < 2 * overlap + 4 * multiple) {
    throw new CellMixerError('INVALID_ARGUMENT', `tiles of ${tileSize} px cannot overlap by ${overlap} px`, {
      cure: `Take tiles of at least ${2 * overlap + 4 * multiple} px or a smaller overlap.`,
    });
  }
  const x = planAxis(width, tileSize, overlap, multiple);
  const y = planAxis(height, tileSize, overlap, multiple);
  const computed = x.size * x.starts.length * y.size * y.starts.length;
  return { width, height, x, y, overhead: computed / (width * height) };
}

function planAxis(length: number, tileSize: number, overlap: number, multiple: number): TileAxis {
  if (length <= 1.5 * tileSize) {
    const size = ceilTo(length, multiple);
    return { size, starts: [0], weights: [new Float32Array(size).fill(1)] };
  }
  const count = Math.ceil((length - overlap) / (tileSize - overlap));
  const size = ceilTo((length + (count - 1) * overlap) / count, multiple);
  // Starts on the network's own grid: tiles that are shifted against it pool other pixels and see other things.
  const steps = Math.ceil((length - size) / multiple);
  const starts = Array.from({ length: count }, (_, i) => Math.round((i * steps) / (count - 1)) * multiple);
  return { size, starts, weights: blendWeights(starts, size) };
}

/**
 * Gaussian around the tile's middle, normalised between neighbours. σ = size ÷ 16: with the ÷ 8 of nnU-Net's sliding
 * window, whose tiles overlap by half, what is near the edges and worse would weigh too much.
 */
function blendWeights(starts: readonly number[], size: number): Float32Array[] {
  const bell = new Float64Array(size);
  for (let i = 0; i < size; i++) bell[i] = Math.exp(-0.5 * ((i - (size - 1) / 2) / (size / 16)) ** 2);
  return starts.map((start, t) => {
    const weights = new Float32Array(size);
    const before = starts[t - 1];
    const after = starts[t + 1];
    for (let i = 0; i < size; i++) {
      let rival = 0;
      if (before !== undefined) rival += bell[start + i - before] ?? 0;
      if (after !== undefined) rival += bell[start + i - after] ?? 0;
      weights[i] = bell[i]! / (bell[i]! + rival);
    }
    return weights;
  });
}

function floorTo(value: number, multiple: number): number {
  return Math.floor(value / multiple) * multiple;
}

function ceilTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
