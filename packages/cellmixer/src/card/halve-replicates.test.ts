import { describe, expect, it } from 'vitest';
import { halveReplicates } from './halve-replicates.ts';

const pictures = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([replicate, count]) =>
    Array.from({ length: count }, (_, at) => ({ name: `${replicate}${at + 1}`, replicate })),
  );
const names = (list: readonly { readonly name: string }[] | undefined) => list?.map(({ name }) => name);

describe('the halves of a null split', () => {
  it('hold whole replicates, about as many pictures each, and keep a quarter out', () => {
    const halves = halveReplicates(pictures({ a: 2, b: 5, c: 4 }));
    expect(halves?.map(({ replicates }) => replicates)).toEqual([['b'], ['a', 'c']]);
    expect(names(halves?.[0].training)).toEqual(['b1', 'b2', 'b3', 'b5']);
    expect(names(halves?.[0].heldOut)).toEqual(['b4']);
    expect(names(halves?.[1].heldOut)).toEqual(['c2']);
  });

  it('keep one picture out also where there are fewer than four', () => {
    const halves = halveReplicates(pictures({ a: 2, b: 2 }));
    expect(halves?.map(({ training, heldOut }) => [names(training), names(heldOut)])).toEqual([
      [['a1'], ['a2']],
      [['b1'], ['b2']],
    ]);
  });

  it.each([
    ['one replicate', pictures({ a: 6 })],
    ['one picture alone in a half', pictures({ a: 6, b: 1 })],
    ['pictures of no named replicate', [...pictures({ a: 3 }), { name: 'x', replicate: null }]],
  ])('are not there with %s', (_, given) => {
    expect(halveReplicates(given)).toBeNull();
  });
});
