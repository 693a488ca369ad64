import { CellMixerError } from '@cellmixer/errors';
import type { Predictor } from '../contracts.ts';
import { type CalibratedSource, fillTile } from './calibrated-source.ts';
import { release } from './release.ts';
import type { RollingBand } from './rolling-band.ts';
import type { TilePlan } from './tiles.ts';

export interface PredictRowsOptions {
  /** Predictions under way at a time, so that the network works while rows are looked at. */
  readonly inFlight: number;
  readonly signal?: AbortSignal | undefined;
  /** Told after every tile. */
  readonly onTile?: ((done: number, total: number) => void) | undefined;
}

type Prediction = Awaited<ReturnType<Predictor['predict']>>;

/**
 * Runs the network over all tiles, row by row from the upper left, and blends them into `band` (channel 0
 * foreground, then the types). After each row of tiles `onRows(ready)` is told up to which picture row the band is
 * finished; it may drop rows.
 *
 * @throws CANCELLED soon after the signal; predictions under way are waited for, so that the model can be closed
 */
export async function predictRows(
  source: CalibratedSource,
  predictor: Predictor,
  plan: TilePlan,
  band: RollingBand,
  options: PredictRowsOptions,
  onRows: (ready: number) => void | Promise<void>,
): Promise<void> {
  const columns = plan.x.starts.length;
  const total = columns * plan.y.starts.length;
  const spare: Float32Array[] = [];
  const pending: Promise<Prediction>[] = [];
  let started = 0;

  const predictTile = async (index: number): Promise<Prediction> => {
    const input = await readTile(source, plan, index, spare.pop());
    const prediction = await predictor.predict(input, 1, plan.y.size, plan.x.size);
    spare.push(input);
    requireShape(prediction, predictor.types, plan);
    return prediction;
  };
  const start = () => {
    while (started < total && pending.length < options.inFlight) {
      const prediction = predictTile(started++);
      // A failure is looked at in the tile's turn; until then it must not count as unhandled.
      prediction.catch(() => {});
      pending.push(prediction);
    }
  };

  try {
    for (let index = 0; index < total; index++) {
      throwIfCancelled(options.signal);
      start();
      const prediction = await pending[0]!;
      pending.shift();
      throwIfCancelled(options.signal);
      start();
      const row = Math.floor(index / columns);
      band.add(index % columns, row, prediction.foreground, 0);
      band.add(index % columns, row, prediction.types, 1);
      options.onTile?.(index + 1, total);
      if ((index + 1) % columns === 0) await onRows(plan.y.starts[row + 1] ?? plan.height);
      release(prediction.foreground, prediction.types);
    }
  } finally {
    await Promise.allSettled(pending);
    release(...spare);
  }
}

function requireShape({ foreground, types }: Prediction, kinds: number, plan: TilePlan): void {
  const size = plan.x.size * plan.y.size;
  if (foreground.length === size && types.length === kinds * size) return;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `the network gave ${foreground.length} and ${types.length} values for a tile of ${plan.x.size}×${plan.y.size} px; ` +
      `${size} and ${kinds * size} were expected`,
    { cure: 'A predictor must give new arrays each time, [1, height, width] and [types, height, width].' },
  );
}

async function readTile(
  source: CalibratedSource,
  plan: TilePlan,
  index: number,
  reused: Float32Array | undefined,
): Promise<Float32Array> {
  const columns = plan.x.starts.length;
  const x = plan.x.starts[index % columns]!;
  const y = plan.y.starts[Math.floor(index / columns)]!;
  const region = await source.readRegion(
    x,
    y,
    Math.min(plan.x.size, plan.width - x),
    Math.min(plan.y.size, plan.height - y),
  );
  const length = source.channels * plan.x.size * plan.y.size;
  // A predictor may have taken the buffer for itself; then its length is 0.
  const input = reused?.length === length ? reused : new Float32Array(length);
  fillTile(input, plan.x.size, plan.y.size, region);
  return input;
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) {
    throw new CellMixerError('CANCELLED', 'segmentation was stopped before its end', {
      cause: signal.reason,
    });
  }
}
