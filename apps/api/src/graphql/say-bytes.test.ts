import { expect, it } from 'vitest';
import { sayBytes } from './say-bytes.ts';

it.each([
  [1, '1 byte'],
  [0n, '0 bytes'],
  [999, '999 bytes'],
  [999_600, '1 MB'],
  [3_420_000_000n, '3.42 GB'],
  [70_000_000_000_000_000n, '70,000 TB'],
])('says %s as %s', (bytes, said) => {
  expect(sayBytes(bytes)).toBe(said);
});
