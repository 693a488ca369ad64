import { CellMixerError } from '@cellmixer/errors';
import { type FloatImage, gaussian, type Mask } from '@cellmixer/pixels';
import { type Confusion, pool, requireSameSize } from '../confusion.ts';
import { typeAccuracy } from '../pixel-metrics.ts';

/**
 * Moves the cells of a picture onto another background: calibrated cells × α + canvas × (1 − α), α being the mask
 * blurred by `feather` (σ, px) and 1 inside the cells.
 */
export function swapCanvas(cells: FloatImage, mask: Mask, canvas: FloatImage, feather: number): FloatImage {
  requireSameSize(cells, mask);
  requireSameSize(cells, canvas);
  if (cells.channels !== canvas.channels) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `the cells have ${cells.channels} channels, the canvas ${canvas.channels}`,
    );
  }
  const size = mask.data.length;
  const blurred = gaussian({ ...mask, data: Float32Array.from(mask.data) }, feather).data;
  const data = new Float32Array(cells.data.length);
  for (let i = 0; i < data.length; i++) {
    const at = i % size;
    // Twice the blurred mask is 1 on the outline and falls off outside it, so cells themselves stay untouched.
    const alpha = mask.data[at] === 1 ? 1 : Math.min(1, 2 * blurred[at]!);
    data[i] = alpha * cells.data[i]! + (1 - alpha) * canvas.data[i]!;
  }
  return { ...cells, data };
}

export interface CanvasSwap {
  readonly own: number;
  readonly swapped: number;
  /** own − swapped: how much of the accuracy came from the background. */
  readonly drop: number;
}

/** Type accuracy on cells in their own pictures against the same cells on another line's background. */
export function canvasSwap(own: readonly Confusion[], swapped: readonly Confusion[]): CanvasSwap {
  const before = typeAccuracy(pool(own));
  const after = typeAccuracy(pool(swapped));
  return { own: before, swapped: after, drop: before - after };
}
