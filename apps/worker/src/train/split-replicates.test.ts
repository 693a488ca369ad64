import { expect, it } from 'vitest';
import { splitReplicates } from './split-replicates.ts';

const pictures = (...replicates: (string | null)[]) => replicates.map((replicate) => ({ replicate }));

it('keeps the smallest replicate of every class out, whole', () => {
  const { training, heldOut } = splitReplicates([pictures('a', 'a', 'b'), pictures('x', 'y', 'y', 'y')]);
  expect(training).toEqual([pictures('a', 'a'), pictures('y', 'y', 'y')]);
  expect(heldOut?.map((one) => one.replicate)).toEqual(['b', 'x']);
});

it.each([
  ['one class has one replicate', [pictures('a', 'b'), pictures('x', 'x')]],
  ['a replicate is not named', [pictures('a', 'b'), pictures('x', null)]],
])('keeps nothing out where %s', (_, classes) => {
  expect(splitReplicates(classes)).toEqual({ training: classes, heldOut: null });
});
