import { describe, expect, it } from 'vitest';
import { openPairSums, plainPairSums, SPARE } from './pair-sums.ts';
import { instantiatePairSums } from './pair-sums-wasm.ts';
import { createRandom } from './random.ts';

describe('openPairSums', () => {
  it('runs as WebAssembly where Node runs', () => {
    expect(instantiatePairSums()).not.toBe(null);
  });

  it.each([
    [1, 5],
    [2, 16],
    [3, 17],
    [8, 100],
    [31, 1000],
  ])('gives the bits of the plain loops: %d weights, %d places', (count, n) => {
    const random = createRandom(`${count} ${n}`);
    const weights = Float64Array.from({ length: count }, () => random.normal());
    const other = Float64Array.of(2);
    const stride = n + SPARE;
    const size = 2 * count * stride;
    const fast = openPairSums(size, other, weights);
    const plain = plainPairSums(size, other, weights);
    for (let i = 0; i < size; i++) {
      plain.doubles[i] = random.normal();
      fast.doubles[i] = plain.doubles[i]!;
    }
    const rows = Int32Array.from({ length: 2 * count - 1 }, (_, i) => i * stride);
    const out = (2 * count - 1) * stride;
    for (const sums of [fast, plain]) {
      sums.sum(1, out, rows, n);
      sums.sum(0, 0, Int32Array.of(out), n);
    }
    expect(fast.doubles.slice(out, out + n)).toEqual(plain.doubles.slice(out, out + n));
    expect(fast.doubles.slice(0, n)).toEqual(plain.doubles.slice(0, n));
    expect(fast.doubles[0]).toBe(2 * fast.doubles[out]!);
  });

  it('grows its memory for what does not fit', () => {
    const size = 3_000_000;
    const sums = openPairSums(size, Float64Array.of(1));
    sums.doubles[0] = 7;
    sums.sum(0, size - 16, Int32Array.of(0), 1);
    expect(sums.doubles[size - 16]).toBe(7);
  });
});
