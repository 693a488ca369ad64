import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { ap50, matchInstances } from './average-precision.ts';
import { balancedCellAccuracy, cellConfusion, cellRecalls } from './cell-accuracy.ts';
import { compareRuns } from './compare-runs.ts';
import { compositionMae } from './composition-error.ts';
import { confusion, pool } from './confusion.ts';
import { disagreement } from './disagreement.ts';
import { countPicture, evaluate, metricsOf } from './evaluate.ts';
import { classIou, foregroundIou, miou, miouWithBackground, typeAccuracy } from './pixel-metrics.ts';

function classes(...rows: string[]): ClassMap {
  const data = Uint8Array.from(rows.join(''), (digit) =>
    digit === '.' ? 0 : digit === '?' ? 255 : Number(digit),
  );
  return { width: rows[0]?.length ?? 0, height: rows.length, data };
}

function labels(...rows: string[]): LabelMap {
  const { width, height, data } = classes(...rows);
  return { width, height, data: Int32Array.from(data) };
}

describe('pixel metrics', () => {
  const truth = classes('1122', '..2?');
  const found = classes('1112', '.121');

  it('follow their definitions on a picture that can be counted by hand', () => {
    const counted = confusion(truth, found, 2);
    // type 1: hit 2, found 4 (one on ignored: 3 known + 1 background), truth 2.
    expect(classIou(counted)).toEqual([1 / 2, 2 / 4, 2 / 3]);
    expect(miou(counted)).toBeCloseTo((2 / 4 + 2 / 3) / 2, 12);
    expect(miouWithBackground(counted)).toBeCloseTo((1 / 2 + 2 / 4 + 2 / 3) / 3, 12);
    expect(typeAccuracy(counted)).toBeCloseTo((1 + 2 / 3) / 2, 12);
    expect(foregroundIou(counted)).toBeCloseTo(5 / 6, 12);
  });

  it('count background on true foreground as wrong type', () => {
    expect(typeAccuracy(confusion(classes('11'), classes('1.'), 2))).toBe(0.5);
  });

  it('leave out types that neither side has, and punish those that are only found', () => {
    expect(miou(confusion(classes('11'), classes('11'), 3))).toBe(1);
    expect(miou(confusion(classes('11'), classes('12'), 3))).toBe(0.25);
  });

  it('pool pictures before they divide', () => {
    const small = confusion(classes('1'), classes('.'), 1);
    const large = confusion(classes('111'), classes('111'), 1);
    expect(miou(pool([small, large]))).toBe(0.75);
  });

  it('refuse maps of two sizes and unknown types', () => {
    expect(() => confusion(classes('11'), classes('1'), 1)).toThrow(/2×1 and 1×1/);
    expect(() => confusion(classes('1'), classes('3'), 2)).toThrow(/holds 3/);
  });
});

describe('balancedCellAccuracy', () => {
  const truth = classes('1111.222.2', '1111.222.2');
  const cells = labels('1122.333.4', '1122.333.4');

  it('lets the pixels that have a type vote on each true cell', () => {
    const found = classes('1...' + '.122.1', '1222' + '.122.1');
    const counted = cellConfusion(truth, cells, found, 2);
    // Cell 1: two votes 1, one 2. Cell 2: votes 2 alone. Cell 3: 2 by four to two. Cell 4: 1.
    expect(cellRecalls(counted)).toEqual([0.5, 0.5]);
    expect(balancedCellAccuracy(counted)).toBe(0.5);
  });

  it('weighs types, not cells', () => {
    const many = labels('1234.555.5', '1234.555.5');
    expect(balancedCellAccuracy(cellConfusion(truth, many, classes('1111......', '1111......'), 2))).toBe(
      0.5,
    );
  });

  it('counts a cell that is not found as wrong and an ignored one not at all', () => {
    const nothing = classes('..........', '..........');
    expect(balancedCellAccuracy(cellConfusion(truth, cells, nothing, 2))).toBe(0);
    const ignored = classes('??11.222.2', '??11.222.2');
    const found = classes('2211.222.2', '2211.222.2');
    expect(balancedCellAccuracy(cellConfusion(ignored, cells, found, 2))).toBe(1);
  });
});

describe('matchInstances', () => {
  it('matches at an IoU of one half and counts the rest as extra and missed', () => {
    const truth = labels('1111....22', '1111....22');
    const found = labels('.55577..22', '...577..22');
    expect(matchInstances(truth, found)).toEqual({ truePositives: 2, falsePositives: 1, falseNegatives: 0 });
    const less = labels('..5577..22', '...577..22');
    expect(matchInstances(truth, less)).toEqual({ truePositives: 1, falsePositives: 2, falseNegatives: 1 });
  });

  it('leaves out what lies on ignored pixels', () => {
    const truth = labels('11..33');
    const found = labels('..22..');
    const ignored = classes('..????');
    expect(matchInstances(truth, found, { ignored })).toEqual({
      truePositives: 0,
      falsePositives: 0,
      falseNegatives: 1,
    });
  });

  it('pools over pictures', () => {
    const hit = { truePositives: 3, falsePositives: 1, falseNegatives: 0 };
    const miss = { truePositives: 0, falsePositives: 1, falseNegatives: 1 };
    expect(ap50([hit, miss])).toBe(0.5);
    expect(ap50([])).toBeNaN();
  });
});

describe('compositionMae', () => {
  it('averages over types and pictures', () => {
    const pairs = [
      { found: [0.5, 0.5], truth: [0.7, 0.3] },
      { found: [1, 0], truth: [1, 0] },
    ];
    expect(compositionMae(pairs)).toBeCloseTo(0.1, 12);
  });
});

describe('evaluate', () => {
  const truth = classes('1122', '1122');
  const picture = (name: string, sample: string | null, ...rows: string[]) =>
    countPicture(
      { name, sample, classMap: truth, instances: labels('1122', '1122') },
      { classMap: classes(...rows) },
      2,
    );

  it('gives the pooled figure, its table by picture and an interval over samples', () => {
    const pictures = [
      picture('a', 'well 1', '1122', '1122'),
      picture('b', 'well 1', '1122', '1122'),
      picture('c', 'well 2', '2211', '2211'),
    ];
    const found = evaluate(pictures, { seed: 1 });
    expect(found.metrics.balancedCellAccuracy.estimate).toBeCloseTo(2 / 3, 12);
    expect(found.metrics.balancedCellAccuracy).toMatchObject({ samples: 2, n: 3, low: 0, high: 1 });
    expect(found.pictures.map((row) => row.typeAccuracy)).toEqual([1, 1, 0]);
    expect(found.metrics.ap50.estimate).toBeNaN();
  });

  it('gives no interval for a single sample', () => {
    const found = evaluate([picture('a', 'well 1', '1122', '1122'), picture('b', 'well 1', '1122', '1112')]);
    expect(found.metrics.miou.low).toBeNaN();
    expect(found.metrics.miou.samples).toBe(1);
  });

  it('draws the same intervals from the same seed', () => {
    const pictures = ['a', 'b', 'c', 'd'].map((name, i) =>
      picture(name, null, '1122', i % 2 ? '1122' : '1111'),
    );
    expect(evaluate(pictures, { seed: 3 })).toEqual(evaluate(pictures, { seed: 3 }));
  });

  it('does not count composition on ignored pixels', () => {
    const counted = countPicture(
      { name: 'a', sample: null, classMap: classes('11??') },
      { classMap: classes('1122') },
      2,
    );
    expect(metricsOf([counted]).compositionMae).toBe(0);
  });

  it('compares two runs by picture', () => {
    const a = [
      picture('p', 'w1', '1122', '1122'),
      picture('q', 'w2', '1122', '1122'),
      picture('r', 'w3', '1111', '1111'),
    ];
    const b = [
      picture('p', 'w1', '1111', '1111'),
      picture('q', 'w2', '1111', '1122'),
      picture('s', 'w3', '1111', '1111'),
    ];
    const compared = compareRuns(a, b, 'typeAccuracy', { seed: 1 });
    expect(compared).toMatchObject({ wins: 2, losses: 0, ties: 0, unpaired: ['r', 's'] });
    expect(compared.difference.estimate).toBeCloseTo(1 - 0.625, 12);
    expect(compared.difference.low).toBeGreaterThan(0);
    expect(compareRuns(a, b, 'compositionMae').wins).toBe(2);
  });
});

describe('disagreement', () => {
  it('tells a missed cell from another type', () => {
    const found = disagreement(classes('1.2?'), classes('1211'));
    expect([...found.data]).toEqual([0, 1, 2, 0]);
    expect(found).toMatchObject({ agree: 0.5, foreground: 0.25, type: 0.25 });
  });
});
