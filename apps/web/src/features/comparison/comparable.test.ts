import { describe, expect, it } from 'vitest';
import { comparableSnapshots } from './comparable.ts';

const run = (version: string, model: string, classes: readonly string[], done = 3) => ({
  status: 'SUCCEEDED',
  done,
  datasetVersion: { id: version, number: 1 },
  modelVersion: { id: model, number: 1, classes, model: { name: model } },
});

describe('snapshots that can be compared', () => {
  const found = comparableSnapshots(
    [
      run('s', 'a', ['A', 'B']),
      run('s', 'b', ['A', 'B']),
      run('s', 'b', ['A', 'B']),
      run('s', 'c', ['A', 'C']),
      run('s', 'd', ['A', 'B'], 0),
      run('t', 'a', ['A', 'B']),
    ],
    new Map([['s', 'Plate 1, snapshot 1']]),
  );

  it('are those with two models of the same classes, each once', () => {
    expect(found.map(({ label, models }) => [label, models.map((one) => one.label)])).toEqual([
      ['Plate 1, snapshot 1', ['a v1', 'b v1']],
    ]);
  });
});
