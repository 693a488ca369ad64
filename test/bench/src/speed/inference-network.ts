import { buildInferenceGraph, defaultUNet, networkLayout } from '@cellmixer/nn';
import { createRandom } from '@cellmixer/pixels';

/** An exported network of three types with weights of chance: time does not depend on what it learned. */
export function randomNetwork(width: number): Uint8Array {
  const network = defaultUNet({ inputChannels: 1, types: 3, width, levels: 4 });
  const layout = networkLayout(network);
  const statistics = new Float32Array(layout.statisticsCount);
  for (const { offset, channels } of layout.norms)
    statistics.fill(1, offset + channels, offset + 2 * channels);
  const random = createRandom(0);
  const parameters = Float32Array.from({ length: layout.parameterCount }, () => 0.1 * random.normal());
  return buildInferenceGraph({ network, parameters, statistics }, {});
}

/** A picture of noise; the same seed gives the same one. */
export function randomPicture(height: number, width: number, seed = 1): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: height * width }, () => random.normal());
}
