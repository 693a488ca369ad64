import { expect, it } from 'vitest';
import { formatBytes, formatCount, formatMoment, formatSeconds, formatSpan } from './format.ts';

it('writes the time left as a clock', () => {
  expect([0, 42, 61, 725, 11_220].map(formatSeconds)).toEqual(['0:00', '0:42', '1:01', '12:05', '3:07:00']);
});

it('writes bytes with three digits at most, and never 1000 of a unit', () => {
  expect([0, 999, 1000, 812_000, 999_600, 1_400_000_000].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '812 kB',
    '1.0 MB',
    '1.4 GB',
  ]);
});

it('writes moments alike everywhere, and counts with the right noun', () => {
  expect(formatMoment('2026-11-22T14:05:00Z')).toBe('22 Nov 2026, 14:05 UTC');
  expect([formatCount(1, 'image'), formatCount(1204, 'image')]).toEqual(['1 image', '1,204 images']);
});

it('says a span in its two largest units', () => {
  expect([0.5, 45, 59.9, 90, 900, 3600, 5400, 86_399, 93_784, 172_800].map(formatSpan)).toEqual([
    ...['0.5 s', '45 s', '1 min', '1 min 30 s', '15 min', '1 h', '1 h 30 min', '1 d', '1 d 2 h', '2 d'],
  ]);
});
