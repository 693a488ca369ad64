import type { Trimap } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { BOX, findClumps } from './clumps.ts';
import { measureCoverage, sumBlocks } from './coverage.ts';
import { findFreeWindows } from './free-windows.ts';

/** Discs of sure cell of radius 6 with a ring of 1 px. */
function trimapOf(width: number, height: number, centres: readonly (readonly [number, number])[]): Trimap {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const d = Math.min(...centres.map(([cx, cy]) => Math.hypot(x - cx, y - cy)));
      data[y * width + x] = d <= 6 ? 1 : d <= 7 ? 255 : 0;
    }
  }
  return { width, height, data };
}

describe('clumps', () => {
  it('are whole components of cell and ring; a seed marks each likely cell', () => {
    const trimap = trimapOf(80, 40, [
      [15, 20],
      [27, 20],
      [60, 20],
    ]);
    const clumps = findClumps(trimap, 5, 12, 20);
    expect(clumps.count).toBe(2);
    expect([...clumps.boxes.slice(0, 4)]).toEqual([8, 13, 35, 28]);
    expect([...clumps.seedStart]).toEqual([0, 2, 3]);
    expect(clumps.boxes[BOX + 4]).toBe(
      trimap.data.reduce((n, v, i) => n + (v !== 0 && i % 80 > 45 ? 1 : 0), 0),
    );
  });

  it('have a border that is whole at the cell and gone at the end of the halo', () => {
    const { alpha, owner } = findClumps(trimapOf(60, 40, [[30, 20]]), 6, 12, 20);
    const row = Array.from({ length: 10 }, (_, d) => alpha[20 * 60 + 36 + d]!);
    expect(row[0]).toBe(255);
    expect(row[1]).toBe(255);
    expect(row.toSorted((a, b) => b - a)).toEqual(row);
    expect(row[8]).toBe(0);
    expect(owner[20 * 60 + 36 + 5]).toBe(1);
    expect(owner[0]).toBe(0);
  });

  it('take no half of a halo of their neighbour', () => {
    const { alpha, owner } = findClumps(
      trimapOf(60, 40, [
        [20, 20],
        [38, 20],
      ]),
      6,
      12,
      20,
    );
    const between = 20 * 60 + 29;
    expect(owner[between - 1]).not.toBe(owner[between + 1]);
    expect(alpha[between]!).toBeLessThan(60);
  });

  it('leave out specks and what is nowhere surely cell', () => {
    const trimap = trimapOf(60, 40, [[20, 20]]);
    trimap.data[5 * 60 + 50] = 1;
    for (let i = 0; i < 60; i++) trimap.data[36 * 60 + i] = 255;
    expect(findClumps(trimap, 5, 12, 20).count).toBe(1);
  });

  it('leave free windows that no halo touches', () => {
    const trimap = trimapOf(120, 100, [[30, 30]]);
    const { alpha } = findClumps(trimap, 6, 12, 20);
    const coverage = measureCoverage(trimap, alpha);
    expect(sumBlocks(coverage, coverage.cells, 0, 0, coverage.columns, coverage.rows)).toBe(
      trimap.data.reduce((n, v) => n + (v === 1 ? 1 : 0), 0),
    );
    const { size, corners } = findFreeWindows(coverage, 120, 100);
    expect(size).toBeGreaterThanOrEqual(32);
    let touched = 0;
    for (let k = 0; k < corners.length; k += 2) {
      for (let y = corners[k + 1]!; y < corners[k + 1]! + size; y++) {
        for (let x = corners[k]!; x < corners[k]! + size; x++) touched += alpha[y * 120 + x]!;
      }
    }
    expect(touched).toBe(0);
  });
});
