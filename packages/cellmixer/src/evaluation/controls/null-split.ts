import { CellMixerError } from '@cellmixer/errors';
import { createRandom } from '@cellmixer/pixels';
import { groupBySample } from '../bootstrap.ts';

export interface NullSplit<P> {
  /** Pictures of two wells, to be trained on as if they were two types. */
  readonly training: readonly [readonly P[], readonly P[]];
  /** Pictures of the other wells, dealt at random to the two pseudo-types. */
  readonly test: readonly [readonly P[], readonly P[]];
}

/**
 * Null split: two wells of one line are trained on as two types and tested on further wells of the line, whose
 * pictures are dealt to the two at random. There is nothing to learn, so the balanced accuracy must be chance (0.5);
 * more means that the test lets something other than the cells through.
 *
 * @throws INVALID_ARGUMENT with fewer than three wells, or one test picture alone
 */
export function nullSplit<P>(
  pictures: readonly P[],
  sampleOf: (picture: P) => string | null,
  seed: number | string,
): NullSplit<P> {
  const random = createRandom(seed).fork('null-split');
  const drawn = random.shuffle(groupBySample(pictures, sampleOf));
  // Wells in turn, until those that are left over hold two pictures.
  const turns = drawn.map((_, at) => [...drawn.slice(at), ...drawn.slice(0, at)]);
  const wells = turns.find((turn) => turn.slice(2).flat().length >= 2) ?? drawn;
  const [first, second, ...others] = wells;
  const test = random.shuffle(others.flat());
  if (first === undefined || second === undefined || test.length < 2) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `the null split needs three wells of one line and two test pictures; ${wells.length} wells are there`,
      { cure: 'Add pictures of further wells, or name each picture’s sample.' },
    );
  }
  const half = Math.floor(test.length / 2);
  return { training: [first, second], test: [test.slice(0, half), test.slice(half)] };
}
