import type { ConvolutionSpec } from '../../network/network-operators.ts';
import type { Tensor } from '../../tensor-graph.ts';
import type { UpsampledConvolution } from '../kernels.ts';
import { applyBlocked, type BlockedGraph, blocks, transposeBlocks } from './blocked-layout.ts';
import { mirrored } from './convolution.ts';
import { rowFilter, rowProducts, rowsFillBlocks } from './row-products.ts';

/**
 * A 3×3 convolution of a picture in which every pixel stands four times needs no such picture. Of the three rows that
 * it reads two are alike, so each of the four phases (row and column even or odd) of its output is a 2×2 convolution of
 * the small picture with sums of the weights: 4/9 of the work. Even: [w₀, w₁ + w₂], one back; odd: [w₀ + w₁, w₂].
 */
export function upsampledConvolution(
  context: BlockedGraph,
  x: Tensor,
  spec: ConvolutionSpec,
): UpsampledConvolution | undefined {
  const { inputs, outputs, kernel, stride, depthwise } = spec;
  const possible =
    kernel === 3 && stride === 1 && !depthwise && inputs > outputs && rowsFillBlocks(context, x);
  if (!possible) return undefined;
  return {
    convolve: (weight) => {
      const kernels = phaseKernels(context, weight, inputs, outputs);
      return interleave(
        context,
        phases.map((phase, i) => phaseConvolution(context, x, kernels[i]!, phase)),
      );
    },
    gradients: (weight, dy) => {
      const parts = separatePhases(context, dy);
      return {
        x: inputGradient(context, parts, weight, spec),
        weight: weightGradient(context, x, parts, spec),
      };
    },
  };
}

interface Phase {
  /** 0 for even rows of the output, 1 for odd ones. */
  readonly row: 0 | 1;
  readonly column: 0 | 1;
}

const phases: readonly Phase[] = [
  { row: 0, column: 0 },
  { row: 0, column: 1 },
  { row: 1, column: 0 },
  { row: 1, column: 1 },
];

/** Which of the two taps of a phase the weight of the 3×3 kernel's row (or column) goes into. */
function tapOf(phase: 0 | 1, index: number): number {
  if (phase === 0) return index === 0 ? 0 : 1;
  return index === 2 ? 1 : 0;
}

/** [16, 9]: taps of all phases from those of the 3×3 kernel, 1 where one goes into the other. */
function phaseMatrix(): Float32Array {
  const matrix = new Float32Array(16 * 9);
  for (const [p, { row, column }] of phases.entries()) {
    for (let tap = 0; tap < 9; tap++) {
      const target = p * 4 + tapOf(row, Math.floor(tap / 3)) * 2 + tapOf(column, tap % 3);
      matrix[target * 9 + tap] = 1;
    }
  }
  return matrix;
}

/** For each phase its 2×2 kernels, blocked like the 3×3 ones that they are made from. */
function phaseKernels(context: BlockedGraph, weight: Tensor, inputs: number, outputs: number): Tensor[] {
  const { graph, block } = context;
  const pairs = blocks(context, inputs) * blocks(context, outputs);
  const taps = graph.reshape(weight, [pairs, 9, block * block]);
  const all = graph.matMul(graph.constant(phaseMatrix(), [16, 9]), taps);
  return graph.split(all, [4, 4, 4, 4], 1).map((part) => graph.reshape(part, [outputs, inputs, 2, 2]));
}

/** The 2×2 convolution of a phase: even ones begin a pixel before, odd ones end a pixel after. */
function phaseConvolution(
  context: BlockedGraph,
  x: Tensor,
  kernel: Tensor,
  { row, column }: Phase,
  addend?: Tensor,
): Tensor {
  const [n = 1, , h = 1, w = 1] = x.shape;
  return applyBlocked(context, 'Conv', [x, kernel, undefined, addend], [n, kernel.shape[0]!, h, w], {
    kernel_shape: [2, 2],
    pads: [1 - row, 1 - column, row, column],
  });
}

/** Puts the four phases of the output between each other. */
function interleave({ graph, block }: BlockedGraph, parts: readonly Tensor[]): Tensor {
  const [n = 1, c = 1, h = 1, w = 1] = parts[0]!.shape;
  const rows = (n * c * h) / block;
  const [even, odd] = [0, 2].map((first) => {
    const columns = [first, first + 1].map((i) => graph.reshape(parts[i]!, [rows, w, 1, block]));
    return graph.reshape(graph.concat(columns, 2), [rows, 1, 2 * w * block]);
  });
  return graph.reshape(graph.concat([even!, odd!], 1), [n, c, 2 * h, 2 * w]);
}

function separatePhases({ graph, block }: BlockedGraph, dy: Tensor): Tensor[] {
  const [n = 1, c = 1, height = 1, width = 1] = dy.shape;
  const [h, w] = [height / 2, width / 2];
  const rows = graph.reshape(dy, [(n * c * h) / block, 2, w, 2, block]);
  return phases.map(({ row, column }) => {
    const starts = graph.integers([row, column]);
    const ends = graph.integers([row + 1, column + 1]);
    const part = [(n * c * h) / block, 1, w, 1, block];
    const slice = graph.apply('Slice', [rows, starts, ends, graph.integers([1, 3])], part);
    return graph.reshape(slice, [n, c, h, w]);
  });
}

/** The way back of a phase is the opposite phase of the mirrored kernel. */
function inputGradient(
  context: BlockedGraph,
  parts: readonly Tensor[],
  weight: Tensor,
  spec: ConvolutionSpec,
): Tensor {
  const kernels = phaseKernels(context, mirrored(context, weight, spec), spec.outputs, spec.inputs);
  let sum: Tensor | undefined;
  for (const [i, part] of parts.entries()) {
    const opposite = phases.length - 1 - i;
    sum = phaseConvolution(context, part, kernels[opposite]!, phases[opposite]!, sum);
  }
  return sum!;
}

function weightGradient(
  context: BlockedGraph,
  x: Tensor,
  parts: readonly Tensor[],
  { inputs, outputs }: ConvolutionSpec,
): Tensor {
  const { graph, block } = context;
  const filter = rowFilter(context, x);
  // dy is shifted and not x, so that taps come in reverse: rows here by the order of shifts, columns below.
  const products = phases.map(({ row, column }, i) =>
    rowProducts(context, parts[i]!, filter, { rows: [1 - row, -row], columns: [column, 1 - column] }),
  );
  const pairs = blocks(context, inputs) * blocks(context, outputs);
  const all = graph.reshape(graph.concat(products, 2), [pairs, 16, block * block]);
  const taps = graph.matMul(graph.constant(gatheringMatrix(), [9, 16]), all);
  return graph.flatten(transposeBlocks(context, taps));
}

/** [9, 16]: each weight's gradient is the sum of those of the phase taps that it went into, columns reversed. */
function gatheringMatrix(): Float32Array {
  const forward = phaseMatrix();
  const matrix = new Float32Array(9 * 16);
  for (let target = 0; target < 16; target++) {
    const reversed = target % 2 === 0 ? target + 1 : target - 1;
    for (let tap = 0; tap < 9; tap++) matrix[tap * 16 + reversed] = forward[target * 9 + tap]!;
  }
  return matrix;
}
