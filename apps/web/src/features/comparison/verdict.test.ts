import { describe, expect, it } from 'vitest';
import { type VerdictModel, verdictOf } from './verdict.ts';

const model = (
  name: string,
  value: number | null,
  low: number | null,
  high: number | null,
): VerdictModel => ({
  name,
  miou: { value, low, high },
  images: 6,
  samples: 3,
});

describe('the verdict', () => {
  it('calls a model better where the intervals are apart', () => {
    const { kind, says } = verdictOf([model('Base', 0.5, 0.45, 0.55), model('Mix', 0.8, 0.7, 0.9)], 0.9);
    expect(kind).toBe('clear');
    expect(says).toBe(
      'Mix tells the cells apart better than Base on these images: mean IoU 0.80 (0.70–0.90) against 0.50 (0.45–0.55).',
    );
  });

  it('leaves it open where they touch', () => {
    const { kind, says } = verdictOf([model('A', 0.8, 0.7, 0.9), model('B', 0.7, 0.6, 0.7)], 0.9);
    expect(kind).toBe('open');
    expect(says).toContain('do not show which is better');
  });

  it('leaves it open without intervals, however far apart', () => {
    const { kind, says } = verdictOf([model('A', 0.9, null, null), model('B', 0.1, null, null)], 0.9);
    expect(kind).toBe('open');
    expect(says).toContain('one sample cannot show');
  });

  it('sets the best against the next of several', () => {
    const { kind, says } = verdictOf(
      [model('A', 0.9, 0.85, 0.95), model('B', 0.3, 0.2, 0.4), model('C', 0.6, 0.5, 0.7)],
      null,
    );
    expect(kind).toBe('clear');
    expect(says).toContain('C, the next best,');
  });

  it('calls nothing better without truth, and never rounds agreement up', () => {
    const none = [
      { ...model('A', null, null, null), miou: null },
      { ...model('B', null, null, null), miou: null },
    ];
    const { kind, says } = verdictOf(none, 0.99999);
    expect(kind).toBe('blind');
    expect(says).toContain('agree on 99.9 %');
  });
});
