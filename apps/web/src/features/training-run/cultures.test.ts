import { describe, expect, it } from 'vitest';
import { classPerLine, collectCultures, linesOf, moveLine } from './cultures.ts';

const line = (id: string, images: number) => ({
  images,
  cellLine: { id, name: id.toUpperCase(), colour: '#56b4e9' },
});
const node = (
  id: string,
  number: number,
  populations: readonly { images: number; cellLine: null | object }[],
) => ({
  node: { id, number, createdAt: '2026-01-01T00:00:00Z', populations },
});
const dataset = (name: string, edges: readonly unknown[]) =>
  ({ name, versions: { edges } }) as unknown as Parameters<typeof collectCultures>[0][number];

describe('the cultures of snapshots', () => {
  const snapshots = collectCultures([
    dataset('Plate 1', [node('v2', 2, [line('a', 3), line('b', 2)]), node('v1', 1, [line('a', 1)])]),
    dataset('Mixtures', [node('m', 1, [{ images: 9, cellLine: null }])]),
    dataset('Plate 2', [node('w', 1, [line('b', 4), { images: 1, cellLine: null }])]),
  ]);

  it('are those with a pure line, the newest of each dataset marked', () => {
    expect(snapshots.map(({ label, newest }) => [label, newest])).toEqual([
      ['Plate 1, snapshot 2', true],
      ['Plate 1, snapshot 1', false],
      ['Plate 2, snapshot 1', true],
    ]);
  });

  it('add up over the snapshots that are chosen', () => {
    const lines = linesOf(snapshots.filter(({ newest }) => newest));
    expect(lines.map(({ name, images }) => [name, images])).toEqual([
      ['A', 3],
      ['B', 6],
    ]);
  });
});

describe('a line', () => {
  const lines = ['a', 'b', 'c'].map((id) => ({ id, name: id, colour: '#000000', images: 1 }));
  const classes = classPerLine(lines);
  const names = (list: readonly { lines: readonly { id: string }[] }[]) =>
    list.map((one) => one.lines.map(({ id }) => id).join('+'));

  it('joins another class, and its own is gone', () => {
    expect(names(moveLine(classes, lines[1]!, 'a'))).toEqual(['a+b', 'c']);
  });

  it('leaves a class for one of its own, or is left out', () => {
    const joined = moveLine(classes, lines[1]!, 'a');
    expect(names(moveLine(joined, lines[1]!, 'own'))).toEqual(['a', 'c', 'b']);
    expect(names(moveLine(joined, lines[1]!, null))).toEqual(['a', 'c']);
  });
});
