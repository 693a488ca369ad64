import type { FloatImage } from '@cellmixer/pixels';

const LAGS: readonly (readonly [number, number])[] = [
  [1, 0],
  [0, 1],
  [2, 0],
  [0, 2],
  [4, 0],
  [0, 4],
];

/**
 * What a cell-free patch looks like, per channel: mean, log deviation, skewness, log gradient energy, and
 * autocorrelation at lags of 1, 2 and 4 px along x and y.
 */
export function backgroundFeatures(patch: FloatImage): number[] {
  const features: number[] = [];
  const { width, height } = patch;
  for (let c = 0; c < patch.channels; c++) {
    const values = patch.data.subarray(c * width * height, (c + 1) * width * height);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    let second = 0;
    let third = 0;
    for (const value of values) {
      second += (value - mean) ** 2;
      third += (value - mean) ** 3;
    }
    const variance = second / values.length;
    const deviation = Math.sqrt(variance) + 1e-9;
    features.push(mean, Math.log(deviation), third / values.length / deviation ** 3);
    features.push(Math.log(gradientEnergy(values, width, height) + 1e-18));
    for (const [dx, dy] of LAGS) {
      features.push(autocovariance(values, width, height, mean, dx, dy) / (variance + 1e-18));
    }
  }
  return features;
}

/** Mean of the squared differences to the right and to the lower neighbour. */
function gradientEnergy(values: Float32Array, width: number, height: number): number {
  let sum = 0;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const value = values[y * width + x]!;
      sum += (values[y * width + x + 1]! - value) ** 2 + (values[(y + 1) * width + x]! - value) ** 2;
    }
  }
  return sum / (2 * (width - 1) * (height - 1));
}

function autocovariance(
  values: Float32Array,
  width: number,
  height: number,
  mean: number,
  dx: number,
  dy: number,
): number {
  let sum = 0;
  for (let y = 0; y + dy < height; y++) {
    for (let x = 0; x + dx < width; x++) {
      sum += (values[y * width + x]! - mean) * (values[(y + dy) * width + x + dx]! - mean);
    }
  }
  return sum / ((width - dx) * (height - dy));
}
