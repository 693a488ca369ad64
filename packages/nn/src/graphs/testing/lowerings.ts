import type { Lowering } from '../../contracts.ts';
import { TensorGraph } from '../tensor-graph.ts';
import { runGraph } from './run-graph.ts';

export interface LoweringChoice {
  readonly lowering: Lowering;
  readonly blockSize?: number;
}

/**
 * Channels of a block of this processor: the size for which a picture goes to blocks and back unharmed and whose
 * operators accept it. Undefined where there is no blocked layout.
 */
async function findBlockSize(): Promise<number | undefined> {
  for (const block of [16, 8]) {
    const graph = new TensorGraph();
    const x = graph.input('x', [1, block, 2, 2]);
    const domain = 'com.microsoft.nchwc';
    const blocked = graph.apply('ReorderInput', [x], x.shape, {}, domain);
    // In blocks of the right size the channels of a pixel are neighbours.
    graph.output('y', blocked);
    const data = Float32Array.from({ length: block * 4 }, (_, i) => i);
    try {
      const { y } = await runGraph(graph.builder.write(), { x: { data, shape: x.shape } });
      if (y?.length === data.length && y[1] === 4 && y[block] === 1) return block;
    } catch {
      // This processor has no blocks of this size.
    }
  }
  return undefined;
}

const blockSize = await findBlockSize();

/** The lowerings that can run here, to run a test over each. */
export const lowerings: readonly LoweringChoice[] = [
  { lowering: 'portable' },
  ...(blockSize === undefined ? [] : [{ lowering: 'blocked' as const, blockSize }]),
];

/** Why tests of the blocked lowering do not run here, if they do not. */
export const blockedSkipReason = blockSize === undefined ? 'this processor has no blocked layout' : undefined;
