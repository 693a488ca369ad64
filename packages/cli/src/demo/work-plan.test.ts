import { describe, expect, it } from 'vitest';
import type { Progress } from '../terminal/progress.ts';
import { WorkPlan } from './work-plan.ts';

function planWithClock() {
  const said: string[] = [];
  let now = 0;
  const progress: Progress = {
    update: (text) => said.push(text),
    say: (text) => said.push(text),
    clear: () => {},
  };
  const plan = new WorkPlan(
    [
      { name: 'first', seconds: 10 },
      { name: 'second', seconds: 30 },
    ],
    progress,
    () => now,
  );
  return { plan, said, pass: (seconds: number) => (now += seconds) };
}

describe('WorkPlan', () => {
  it('starts with the plan’s own time', () => {
    const { plan } = planWithClock();
    plan.begin();
    expect(plan.left(0)).toBeCloseTo(40);
  });

  it('learns that this machine takes twice as long', () => {
    const { plan, pass } = planWithClock();
    plan.begin();
    pass(20);
    plan.end('done');
    plan.begin();
    expect(plan.left(0)).toBeGreaterThan(50);
    pass(30);
    expect(plan.left(0.5)).toBeCloseTo(29.3, 0);
  });

  it('names phase, detail and time left', () => {
    const { plan, said } = planWithClock();
    plan.begin();
    plan.tell(0.5, 'step 1/2');
    expect(said.at(-1)).toMatch(/^\[1\/2\] first: step 1\/2 · about \d+ s left in all$/);
  });
});
