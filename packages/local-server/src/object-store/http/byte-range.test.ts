import { describe, expect, it } from 'vitest';
import { readRange } from './byte-range.ts';

describe('readRange', () => {
  it('reads the three forms', () => {
    expect(readRange('bytes=2-5', 10)).toEqual({ first: 2, last: 5 });
    expect(readRange('bytes=2-', 10)).toEqual({ first: 2, last: 9 });
    expect(readRange('bytes=-3', 10)).toEqual({ first: 7, last: 9 });
  });

  it('stops at the end of the object', () => {
    expect(readRange('bytes=8-99', 10)).toEqual({ first: 8, last: 9 });
    expect(readRange('bytes=-99', 10)).toEqual({ first: 0, last: 9 });
  });

  it.each([undefined, 'bytes=-', 'bytes=5-2', 'bytes=0-1,4-5', 'items=0-1', 'bytes=a-b'])(
    'gives the whole object for %s',
    (header) => expect(readRange(header, 10)).toBeNull(),
  );

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('refuses %s, which lies behind the end', (header) => {
    expect(() => readRange(header, 10)).toThrow(
      expect.objectContaining({ code: 'InvalidRange', status: 416 }),
    );
  });

  it('refuses any range of an empty object', () => {
    expect(() => readRange('bytes=0-0', 0)).toThrow(expect.objectContaining({ code: 'InvalidRange' }));
  });
});
