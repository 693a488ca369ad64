/** L2 norm of the difference over that of the expected values; plain L2 of the difference where those are all 0. */
export function relativeError(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values, not ${expected.length}.`);
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < expected.length; i++) {
    difference += (actual[i]! - expected[i]!) ** 2;
    norm += expected[i]! ** 2;
  }
  const error = Math.sqrt(norm > 0 ? difference / norm : difference);
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}
