import type { Predictor } from '@cellmixer/cellmixer';
import {
  type CalibratedSource,
  planTiles,
  type SegmentationSettings,
  segmentImage,
} from '@cellmixer/cellmixer';

/** What one run took: seconds by the clock, and of all cores together. */
export interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** One run of ours and one of bare predictions over the same tiles. */
export interface TimedPair {
  readonly ours: Cost;
  readonly bare: Cost;
}

/**
 * Times both in turn, `pairs` times, after two of each that do not count; every other pair begins with the other.
 *
 * @param atOnce predictions under way at a time, the same for both
 */
export async function timePairs(
  pictures: readonly CalibratedSource[],
  settings: SegmentationSettings,
  pairs: number,
  atOnce: number,
): Promise<TimedPair[]> {
  // A large picture keeps several tiles under way, small ones are segmented side by side.
  const inFlight = pictures.length === 1 ? atOnce : 1;
  const ours = () =>
    runAtOnce(pictures.length, pictures.length === 1 ? 1 : atOnce, async (i) => {
      await segmentImage(pictures[i]!, { ...settings, options: { ...settings.options, inFlight } });
    });
  const bare = () => predictBare(pictures, settings.predictor, atOnce);
  // Twice, as the first pictures of a process run through code that is not compiled yet.
  for (let warmUp = 0; warmUp < 2; warmUp++) {
    await ours();
    await bare();
  }
  const timed: TimedPair[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const first = pair % 2 === 0 ? await costOf(ours) : await costOf(bare);
    const second = pair % 2 === 0 ? await costOf(bare) : await costOf(ours);
    timed.push(pair % 2 === 0 ? { ours: first, bare: second } : { ours: second, bare: first });
  }
  return timed;
}

/** As many predictions of the same sizes as the segmentation needs, and nothing else. */
async function predictBare(
  pictures: readonly CalibratedSource[],
  predictor: Predictor,
  atOnce: number,
): Promise<void> {
  const plans = pictures.map((picture) => planTiles(picture.width, picture.height, predictor.multiple));
  const sizes = plans.flatMap(({ x, y }) =>
    Array.from({ length: x.starts.length * y.starts.length }, () => ({ width: x.size, height: y.size })),
  );
  const first = plans[0]!;
  const region = await pictures[0]!.readRegion(
    0,
    0,
    Math.min(first.x.size, first.width),
    Math.min(first.y.size, first.height),
  );
  // Speed hangs on the values a little; what padding would hold does not matter.
  const input = new Float32Array(predictor.inputChannels * first.x.size * first.y.size);
  input.set(region.data);
  await runAtOnce(sizes.length, atOnce, async (i) => {
    await predictor.predict(input, 1, sizes[i]!.height, sizes[i]!.width);
  });
}

/** Runs tasks 0 … count − 1 in order, `atOnce` at a time. */
async function runAtOnce(
  count: number,
  atOnce: number,
  task: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const used = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: (used.user + used.system) / 1e6 };
}
