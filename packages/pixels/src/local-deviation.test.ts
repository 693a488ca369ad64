import { describe, expect, it } from 'vitest';
import { relativeError } from '../fixtures/compare.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { localDeviation } from './local-deviation.ts';

describe('localDeviation', () => {
  it.each([...readFixture('local-deviation')])(
    'equals SciPy in double precision within 1e-6: %s',
    (_, fixture) => {
      const out = localDeviation(fixture.plane('picture'), fixture.number('sigma'));
      expect(relativeError(out.data, fixture.array('expected').data)).toBeLessThan(1e-6);
    },
  );

  it('does not take the rounding of bright flat regions for texture', () => {
    const data = new Float32Array(40 * 30).fill(60_000.5);
    const out = localDeviation({ width: 40, height: 30, data }, 1.5);
    expect(Math.max(...out.data)).toBeLessThan(0.01);
  });
});
