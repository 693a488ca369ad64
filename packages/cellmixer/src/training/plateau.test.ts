import { describe, expect, it } from 'vitest';
import { isPlateau } from './plateau.ts';

describe('isPlateau', () => {
  it('waits for five looks', () => {
    expect(isPlateau([0.5, 0.5, 0.5, 0.5])).toBe(false);
    expect(isPlateau([0.5, 0.5, 0.5, 0.5, 0.5])).toBe(true);
  });

  it('counts slow but steady learning as learning', () => {
    expect(isPlateau([0.5, 0.501, 0.502, 0.503, 0.504])).toBe(false);
  });

  it('looks at the best, not at the last', () => {
    expect(isPlateau([0.6, 0.4, 0.65, 0.4, 0.4])).toBe(false);
    expect(isPlateau([0.6, 0.65, 0.4, 0.4, 0.4, 0.4])).toBe(true);
  });
});
