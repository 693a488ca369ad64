import { drawMixture } from '@cellmixer/demo-cultures';
import { buildInferenceGraph, createTrainer, defaultUNet, type TrainingBatch } from '@cellmixer/nn';
import { createRandom, type Random } from '@cellmixer/pixels';

export const types = ['cobble', 'spindle', 'star'];
/** Typical cell of the demo cultures, px; network input is at their own scale. */
export const cellDiameter = 27;

const CROP = 128;
const BATCH = 8;

/** The grey values of a demo picture as network input. */
export function calibrateDemo(value: number): number {
  return (value - 128) / 64;
}

/**
 * The network of the default preset, trained for a few steps on drawn truth: not to be good, but so that it finds
 * cells and leaves the background alone, as a benchmark of segmentation needs it. The same bytes each time.
 */
export async function trainBriefly(steps: number): Promise<Uint8Array> {
  const network = defaultUNet({ inputChannels: 1, types: types.length });
  const trainer = await createTrainer({
    network,
    batch: BATCH,
    group: 4,
    height: CROP,
    width: CROP,
    seed: 1,
    provider: 'cpu',
  });
  try {
    const pictures = Array.from({ length: 12 }, (_, well) =>
      drawMixture({ well, field: 1, seed: 1, fractions: { cobble: 1, spindle: 1, star: 1 } }),
    );
    const random = createRandom(1);
    const batches = Array.from({ length: 8 }, () => drawBatch(pictures, random));
    for (let step = 0; step < steps; step++) {
      await trainer.trainStep(step < 8 ? batches[step]! : drawBatch(pictures, random), 0.006);
    }
    return buildInferenceGraph(await trainer.averagedNetwork(batches), {});
  } finally {
    await trainer.close();
  }
}

function drawBatch(pictures: readonly ReturnType<typeof drawMixture>[], random: Random): TrainingBatch {
  const size = CROP * CROP;
  const images = new Float32Array(BATCH * size);
  const foreground = new Float32Array(BATCH * size);
  const targets = new Float32Array(BATCH * types.length * size);
  for (let n = 0; n < BATCH; n++) {
    const { image, types: truth } = random.pick(pictures);
    const left = random.integer(image.width - CROP);
    const top = random.integer(image.height - CROP);
    for (let i = 0; i < size; i++) {
      const at = (top + Math.floor(i / CROP)) * image.width + left + (i % CROP);
      images[n * size + i] = calibrateDemo(image.data[at]!);
      const type = truth.data[at]!;
      if (type === 0) continue;
      foreground[n * size + i] = 1;
      targets[(n * types.length + type - 1) * size + i] = 1;
    }
  }
  return {
    count: BATCH,
    height: CROP,
    width: CROP,
    images,
    foreground,
    types: targets,
    weight: new Float32Array(BATCH * size).fill(1),
  };
}
