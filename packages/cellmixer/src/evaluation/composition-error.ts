/** Mean over the types of |found − true| of one picture's or sample's fractions. */
export function fractionError(found: readonly number[], truth: readonly number[]): number {
  let sum = 0;
  for (let k = 0; k < truth.length; k++) sum += Math.abs((found[k] ?? 0) - truth[k]!);
  return sum / truth.length;
}

/** Mean absolute error of composition over pictures or samples; those without a truth or a find (NaN) count as NaN. */
export function compositionMae(
  pairs: readonly { readonly found: readonly number[]; readonly truth: readonly number[] }[],
): number {
  return pairs.reduce((sum, { found, truth }) => sum + fractionError(found, truth), 0) / pairs.length;
}

/** Pixel fractions of the types in a class map, of all pixels that have a type; zeros without any. */
export function areaFractions(classMap: { readonly data: Uint8Array }, types: number): number[] {
  const counts = new Float64Array(256);
  for (let i = 0; i < classMap.data.length; i++) {
    const value = classMap.data[i]!;
    counts[value] = counts[value]! + 1;
  }
  const found = Array.from(counts.subarray(1, types + 1));
  const total = found.reduce((a, b) => a + b, 0);
  return found.map((count) => (total > 0 ? count / total : 0));
}
