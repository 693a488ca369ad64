import { expect, it } from 'vitest';
import { timeRange } from './time-range.ts';

it.each([
  [null, null, 'not known before the first images'],
  [1, 4, 'a few seconds'],
  [21, 44, '20 to 45 seconds'],
  [70, 400, '1 to 7 minutes'],
  [3000, 3100, '50 to 52 minutes'],
  [3600, 3620, 'about 60 minutes'],
  [7000, 20_000, '2 to 5.5 hours'],
  [80_000, 260_000, '1 to 3 days'],
])('writes %s to %s seconds as %s', (low, high, words) => {
  expect(timeRange(low, high)).toBe(words);
});
