import { DOUBLES_AT_ONCE, instantiatePairSums, type PairSumsModule } from './pair-sums-wasm.ts';

/**
 * Memory for symmetric filters and the sum they are made of. Places and lengths count doubles; the content is
 * what the last user left.
 */
export interface PairSums {
  readonly doubles: Float64Array;
  /**
   * doubles[out + i] = w₀ · doubles[rows[0] + i] + Σₖ wₖ · (doubles[rows[2k − 1] + i] + doubles[rows[2k] + i])
   * for i = 0 … n − 1, k ascending, with the weights of the given kernel. May go on to the next multiple of
   * `SPARE` + 1 doubles: leave that much room behind what it reads and writes.
   */
  sum(kernel: number, out: number, rows: Int32Array, n: number): void;
}

/** Doubles that a sum may touch behind its last one. */
export const SPARE = DOUBLES_AT_ONCE - 1;

/**
 * Room for `size` doubles, and sums with kernels given by half their weights. WebAssembly does them two at a time
 * where it can; plain loops give the same bits. The memory is one for all: what was opened before is void.
 */
export function openPairSums(size: number, ...kernels: Float64Array[]): PairSums {
  return module === null ? plainPairSums(size, ...kernels) : wasmPairSums(module, size, kernels);
}

const module = instantiatePairSums();
const PAGE = 65536;

function wasmPairSums({ memory, sum }: PairSumsModule, size: number, kernels: Float64Array[]): PairSums {
  // First the weights, then the addresses of the rows, then the doubles that are handed out.
  const weightsAt: number[] = [];
  let rowsAt = 0;
  let longest = 0;
  for (const weights of kernels) {
    weightsAt.push(rowsAt);
    rowsAt += 8 * weights.length;
    longest = Math.max(longest, weights.length);
  }
  const doublesAt = rowsAt + 8 * longest;
  const pages = Math.ceil((doublesAt + 8 * size) / PAGE) - memory.buffer.byteLength / PAGE;
  if (pages > 0) memory.grow(pages);
  for (const [i, weights] of kernels.entries()) {
    new Float64Array(memory.buffer, weightsAt[i], weights.length).set(weights);
  }
  const addresses = new Int32Array(memory.buffer, rowsAt, 2 * longest);
  return {
    doubles: new Float64Array(memory.buffer, doublesAt, size),
    sum(kernel, out, rows, n) {
      const pairs = kernels[kernel]!.length - 1;
      for (let i = 0; i <= 2 * pairs; i++) addresses[i] = doublesAt + 8 * rows[i]!;
      sum(doublesAt + 8 * out, rowsAt, weightsAt[kernel]!, pairs, 8 * n);
    },
  };
}

/** The same without WebAssembly. */
export function plainPairSums(size: number, ...kernels: Float64Array[]): PairSums {
  const doubles = new Float64Array(size);
  return { doubles, sum: (kernel, out, rows, n) => sumPairs(doubles, kernels[kernel]!, out, rows, n) };
}

function sumPairs(
  doubles: Float64Array,
  weights: Float64Array,
  out: number,
  rows: Int32Array,
  n: number,
): void {
  const pairs = weights.length - 1;
  const w0 = weights[0]!;
  const middle = rows[0]!;
  for (let i = 0; i < n; i++) doubles[out + i] = w0 * doubles[middle + i]!;
  let k = 1;
  // Two pairs at once: half the reads and writes of the sum. Added one after the other, as everywhere.
  for (; k < pairs; k += 2) {
    const w1 = weights[k]!;
    const w2 = weights[k + 1]!;
    const a1 = rows[2 * k - 1]!;
    const b1 = rows[2 * k]!;
    const a2 = rows[2 * k + 1]!;
    const b2 = rows[2 * k + 2]!;
    for (let i = 0; i < n; i++) {
      const once = doubles[out + i]! + w1 * (doubles[a1 + i]! + doubles[b1 + i]!);
      doubles[out + i] = once + w2 * (doubles[a2 + i]! + doubles[b2 + i]!);
    }
  }
  if (k !== pairs) return;
  const w = weights[k]!;
  const a = rows[2 * k - 1]!;
  const b = rows[2 * k]!;
  for (let i = 0; i < n; i++) doubles[out + i] = doubles[out + i]! + w * (doubles[a + i]! + doubles[b + i]!);
}
