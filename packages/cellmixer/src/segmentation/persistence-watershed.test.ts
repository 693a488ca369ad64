import { describe, expect, it } from 'vitest';
import { persistenceWatershed } from './persistence-watershed.ts';

function row(...heights: number[]) {
  return {
    heights: { width: heights.length, height: 1, data: Float32Array.from(heights) },
    mask: { width: heights.length, height: 1, data: Uint8Array.from(heights, (h) => (h > 0 ? 1 : 0)) },
  };
}

describe('persistenceWatershed', () => {
  it('parts two peaks at the saddle between them', () => {
    const { heights, mask } = row(1, 3, 5, 4, 2, 3, 4, 1);
    const { labels, count } = persistenceWatershed(heights, mask, 0.9);
    expect(count).toBe(2);
    expect([...labels.data.subarray(0, 4)]).toEqual([1, 1, 1, 1]);
    expect([...labels.data.subarray(5)]).toEqual([2, 2, 2]);
  });

  it('joins a peak that hardly rises above its saddle', () => {
    const { heights, mask } = row(1, 5, 3.9, 4, 1);
    expect(persistenceWatershed(heights, mask, 0.95).count).toBe(1);
    expect(persistenceWatershed(heights, mask, 0.99).count).toBe(2);
  });

  it('judges a peak that joined others by the highest of them', () => {
    // 4 joins 5 over a shallow saddle; the deep saddle towards 4.5 then stands against 4.5, not against 4.
    const { heights, mask } = row(5, 3.9, 4, 1, 4.5, 0.5);
    const { labels, count } = persistenceWatershed(heights, mask, 0.9);
    expect(count).toBe(2);
    expect(labels.data[0]).toBe(labels.data[2]);
  });

  it('labels separate parts separately, in reading order, and nothing outside the mask', () => {
    const { heights, mask } = row(0, 1, 0, 9, 9, 0, 4);
    const { labels } = persistenceWatershed(heights, mask, 0.5);
    expect([...labels.data]).toEqual([0, 1, 0, 2, 2, 0, 3]);
  });

  it('takes a plateau as one peak', () => {
    const flat = { width: 20, height: 20, data: new Float32Array(400).fill(1) };
    const mask = { width: 20, height: 20, data: new Uint8Array(400).fill(1) };
    expect(persistenceWatershed(flat, mask, 1).count).toBe(1);
    const zero = { ...flat, data: new Float32Array(400) };
    expect(persistenceWatershed(zero, mask, 1).count).toBe(1);
  });

  it('joins what is too small to its neighbour, but leaves it where it is alone', () => {
    const { heights, mask } = row(5, 5, 5, 5, 1, 3, 1, 5, 4.8, 5, 5, 0, 2);
    expect(persistenceWatershed(heights, mask, 0.9).count).toBe(4);
    const { labels, count } = persistenceWatershed(heights, mask, 0.9, 3);
    expect(count).toBe(3);
    expect(labels.data[5]).toBe(labels.data[0]);
    expect(labels.data[12]).toBe(3);
  });

  it('finds nothing in an empty mask', () => {
    const { heights, mask } = row(0, 0, 0);
    expect(persistenceWatershed(heights, mask, 0.9).count).toBe(0);
  });
});
