import { CellMixerError } from '@cellmixer/errors';
import { type Attributes, GraphBuilder } from './onnx/graph-builder.ts';
import { broadcastShape, elementCount, reducedShape } from './shapes.ts';

/** A float tensor of a graph whose shapes are all known when it is built. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Large enough to make a step of HardSigmoid, small enough not to overflow on activations below 1e8. */
const steep = 1e30;

/**
 * Operators of ai.onnx over tensors of known shape: names and shapes are kept together, so that a layer reads like
 * arithmetic and a wrong shape is found while the graph is built.
 */
export class TensorGraph {
  readonly builder = new GraphBuilder();
  private readonly reshaped = new Map<string, Tensor>();
  /** What a reshaped tensor was reshaped from, so that chains of Reshape collapse. */
  private readonly origin = new Map<string, Tensor>();

  /** Nodes added from here on carry this name. */
  scope(name: string): void {
    this.builder.scope = name;
  }

  input(name: string, shape: readonly number[]): Tensor {
    return { name: this.builder.input(name, shape), shape };
  }

  /** Makes the tensor an output of the graph under the name. */
  output(name: string, value: Tensor): void {
    this.builder.outputValue(name, value.name, value.shape);
  }

  constant(data: Float32Array, shape: readonly number[]): Tensor {
    return { name: this.builder.floats(data, shape), shape };
  }

  scalar(value: number): Tensor {
    return this.constant(Float32Array.of(value), []);
  }

  filled(value: number, shape: readonly number[]): Tensor {
    return this.constant(new Float32Array(elementCount(shape)).fill(value), shape);
  }

  /** Any operator with one output; the caller vouches for the shape. */
  apply(
    type: string,
    inputs: readonly (Tensor | string | undefined)[],
    shape: readonly number[],
    attributes: Attributes = {},
    domain = '',
  ): Tensor {
    const names = inputs.map((input) => (typeof input === 'object' ? input.name : (input ?? '')));
    const [name = ''] = this.builder.node(type, names, { attributes, domain });
    return { name, shape };
  }

  integers(values: readonly number[]): string {
    return this.builder.integers(values);
  }

  add(a: Tensor, b: Tensor): Tensor {
    return this.apply('Add', [a, b], broadcastShape(a.shape, b.shape));
  }

  subtract(a: Tensor, b: Tensor): Tensor {
    return this.apply('Sub', [a, b], broadcastShape(a.shape, b.shape));
  }

  multiply(a: Tensor, b: Tensor): Tensor {
    return this.apply('Mul', [a, b], broadcastShape(a.shape, b.shape));
  }

  divide(a: Tensor, b: Tensor): Tensor {
    return this.apply('Div', [a, b], broadcastShape(a.shape, b.shape));
  }

  maximum(a: Tensor, b: Tensor): Tensor {
    return this.apply('Max', [a, b], broadcastShape(a.shape, b.shape));
  }

  minimum(a: Tensor, b: Tensor): Tensor {
    return this.apply('Min', [a, b], broadcastShape(a.shape, b.shape));
  }

  scale(a: Tensor, factor: number): Tensor {
    return factor === 1 ? a : this.multiply(a, this.scalar(factor));
  }

  addScalar(a: Tensor, value: number): Tensor {
    return this.add(a, this.scalar(value));
  }

  negate = (a: Tensor): Tensor => this.apply('Neg', [a], a.shape);
  reciprocal = (a: Tensor): Tensor => this.apply('Reciprocal', [a], a.shape);
  sqrt = (a: Tensor): Tensor => this.apply('Sqrt', [a], a.shape);
  exp = (a: Tensor): Tensor => this.apply('Exp', [a], a.shape);
  abs = (a: Tensor): Tensor => this.apply('Abs', [a], a.shape);
  relu = (a: Tensor): Tensor => this.apply('Relu', [a], a.shape);
  sigmoid = (a: Tensor): Tensor => this.apply('Sigmoid', [a], a.shape);

  /** 1 where a > 0, else 0. HardSigmoid, since Sign and Greater + Where are several times slower in ONNX Runtime. */
  positive(a: Tensor): Tensor {
    return this.apply('HardSigmoid', [a], a.shape, { alpha: { float: steep }, beta: { float: 0 } });
  }

  /** 1 where a ≥ 0, else 0. */
  notNegative(a: Tensor): Tensor {
    return this.apply('HardSigmoid', [a], a.shape, { alpha: { float: steep }, beta: { float: 1 } });
  }

  /**
   * Natural logarithm. Written as the logarithm of a sum of one, because the runtime's own Log rounds differently at the
   * seams between threads, and results must not depend on how many there are.
   */
  log(a: Tensor): Tensor {
    const each = this.reshape(a, [elementCount(a.shape), 1]);
    return this.reshape(this.reduce('ReduceLogSum', each, [1], false), a.shape);
  }

  sum(a: Tensor, axes: readonly number[], keep = false): Tensor {
    return this.reduce('ReduceSum', a, axes, keep);
  }

  mean(a: Tensor, axes: readonly number[], keep = false): Tensor {
    return this.reduce('ReduceMean', a, axes, keep);
  }

  largest(a: Tensor, axes: readonly number[], keep = false): Tensor {
    return this.reduce('ReduceMax', a, axes, keep);
  }

  reshape(a: Tensor, shape: readonly number[]): Tensor {
    if (elementCount(shape) !== elementCount(a.shape)) {
      throw new CellMixerError('GRAPH_INVALID', `[${a.shape}] cannot be reshaped to [${shape}].`);
    }
    const origin = this.origin.get(a.name) ?? a;
    if (sameShape(a.shape, shape)) return a;
    if (sameShape(origin.shape, shape)) return origin;
    const key = `${origin.name}:${shape.join()}`;
    const known = this.reshaped.get(key);
    if (known) return known;
    const result = this.apply('Reshape', [origin, this.integers(shape)], shape);
    this.reshaped.set(key, result);
    this.origin.set(result.name, origin);
    return result;
  }

  flatten(a: Tensor): Tensor {
    return this.reshape(a, [elementCount(a.shape)]);
  }

  transpose(a: Tensor, perm: readonly number[]): Tensor {
    return this.apply(
      'Transpose',
      [a],
      perm.map((axis) => a.shape[axis]!),
      { perm },
    );
  }

  concat(parts: readonly Tensor[], axis: number): Tensor {
    if (parts.length === 1) return parts[0]!;
    const total = parts.reduce((sum, part) => sum + part.shape[axis]!, 0);
    return this.apply('Concat', parts, replaceAxis(parts[0]!.shape, axis, total), { axis });
  }

  split(a: Tensor, sizes: readonly number[], axis: number): Tensor[] {
    if (sizes.length === 1) return [a];
    const names = this.builder.node('Split', [a.name, this.integers(sizes)], {
      attributes: { axis },
      outputs: sizes.length,
    });
    return names.map((name, i) => ({ name, shape: replaceAxis(a.shape, axis, sizes[i]!) }));
  }

  /** The part from `start` up to `end` (exclusive) of an axis. */
  slice(a: Tensor, start: number, end: number, axis: number): Tensor {
    const bounds = [[start], [end], [axis]].map((values) => this.integers(values));
    return this.apply('Slice', [a, ...bounds], replaceAxis(a.shape, axis, end - start));
  }

  /** Pads (negative: crops) each axis; zeros, or the edge's value repeated. */
  pad(
    a: Tensor,
    before: readonly number[],
    after: readonly number[],
    mode: 'constant' | 'edge' = 'constant',
  ): Tensor {
    const shape = a.shape.map((size, axis) => size + before[axis]! + after[axis]!);
    return this.apply('Pad', [a, this.integers([...before, ...after])], shape, { mode });
  }

  gather(a: Tensor, indices: readonly number[], axis: number): Tensor {
    const shape = replaceAxis(a.shape, axis, indices.length);
    return this.apply('Gather', [a, this.integers(indices)], shape, { axis });
  }

  matMul(a: Tensor, b: Tensor): Tensor {
    const batch = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2));
    return this.apply('MatMul', [a, b], [...batch, a.shape.at(-2)!, b.shape.at(-1)!]);
  }

  /** Both last axes exchanged. */
  transposeLast(a: Tensor): Tensor {
    const rank = a.shape.length;
    const perm = a.shape.map((_, axis) => (axis < rank - 2 ? axis : 2 * rank - 3 - axis));
    return this.transpose(a, perm);
  }

  private reduce(type: string, a: Tensor, axes: readonly number[], keep: boolean): Tensor {
    return this.apply(type, [a, this.integers(axes)], reducedShape(a.shape, axes, keep), {
      keepdims: keep ? 1 : 0,
    });
  }
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

function replaceAxis(shape: readonly number[], axis: number, size: number): number[] {
  return shape.map((old, i) => (i === axis ? size : old));
}
