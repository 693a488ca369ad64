import { describe, expect, it } from 'vitest';
import { relativeError } from '../fixtures/compare.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { boxMean } from './box.ts';

describe('boxMean', () => {
  const cases = readFixture('box');
  const pictures = cases.get('pictures')!;
  cases.delete('pictures');
  it.each([...cases])('equals scipy.ndimage.uniform_filter within 1e-6: %s', (_, fixture) => {
    const out = boxMean(pictures.plane(fixture.text('image')), fixture.number('radius'));
    expect(relativeError(out.data, fixture.array('expected').data)).toBeLessThan(1e-6);
  });
});
