import { describe, expect, it } from 'vitest';
import { collectCultures, linesOf, moveLine, proposeClasses } from './cultures.ts';

const line = (id: string, images: number) => ({
  images,
  cellLine: { id, name: id.toUpperCase(), colour: '#56b4e9', accession: null },
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
  const lines = ['a', 'b', 'c'].map((id) => ({
    ...{ id, name: id, colour: '#000000', images: 1 },
    ...{ accession: null, lent: false },
  }));
  const classes = proposeClasses(lines);
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

describe('the classes that are proposed', () => {
  const own = (id: string, name: string, accession: string | null) => ({
    ...{ id, name, accession, colour: '#000000', images: 1, lent: false },
  });
  const lent = (id: string, name: string, accession: string | null) => ({
    ...own(id, name, accession),
    lent: true,
  });
  const said = (lines: Parameters<typeof proposeClasses>[0]) =>
    proposeClasses(lines).map((one) => `${one.name}: ${one.lines.map(({ id }) => id).join('+')}`);

  it('take a lent line for the one of one’s own with its accession, whatever it is called', () => {
    const lines = [own('a', 'HeLa', 'CVCL_0030'), lent('x', 'HELA 2', 'CVCL_0030'), own('b', 'A172', null)];
    expect(said(lines)).toEqual(['HeLa: a+x', 'A172: b']);
  });

  it('leave it to a person where clones share the accession, or there is none', () => {
    const clones = [own('a', 'HeLa', 'CVCL_0030'), own('b', 'HeLa GFP', 'CVCL_0030')];
    expect(said([...clones, lent('x', 'HeLa', 'CVCL_0030')])).toEqual([
      'HeLa: a',
      'HeLa GFP: b',
      'HeLa (lent): x',
    ]);
    expect(said([own('a', 'P7', null), lent('x', 'P8', null)])).toEqual(['P7: a', 'P8: x']);
  });
});
