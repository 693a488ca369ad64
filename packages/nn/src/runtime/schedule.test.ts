import { describe, expect, it } from 'vitest';
import { createSchedule, decayFrom, learningRate } from './schedule.ts';

describe('schedule', () => {
  const schedule = createSchedule(0.003, 1000);

  it('rises to the peak over the warm-up and never starts at zero', () => {
    expect(schedule.warmup).toBe(50);
    expect(learningRate(schedule, 0)).toBeCloseTo(0.003 / 50, 12);
    expect(learningRate(schedule, 49)).toBe(0.003);
  });

  it('stays at the peak until the last fifth, then falls in a straight line to zero', () => {
    expect(learningRate(schedule, 799)).toBe(0.003);
    expect(learningRate(schedule, 800)).toBe(0.003);
    expect(learningRate(schedule, 900)).toBeCloseTo(0.0015, 12);
    expect(learningRate(schedule, 999)).toBeCloseTo(0.003 / 200, 12);
    expect(learningRate(schedule, 1000)).toBe(0);
  });

  it('can begin the decay early and keeps the length of it', () => {
    const early = decayFrom(schedule, 500);
    expect(early.steps).toBe(700);
    expect(learningRate(early, 600)).toBeCloseTo(0.0015, 12);
    expect(decayFrom(early, 650)).toBe(early);
  });

  it('works for a training of one step', () => {
    expect(learningRate(createSchedule(0.1, 1), 0)).toBe(0.1);
  });

  it('refuses a number of steps or a rate that makes no sense', () => {
    expect(() => createSchedule(0.1, 0)).toThrow(/0/);
    expect(() => createSchedule(-1, 10)).toThrow(/-1/);
  });
});
