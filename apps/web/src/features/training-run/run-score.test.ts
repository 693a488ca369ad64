import { expect, it } from 'vitest';
import { type ScoredRun, scoreOf } from './run-score.ts';

const metrics = [{ miou: 0.4 }, { miou: 0.7 }, { miou: null }];
const judged = (miou: number) => ({ card: { judgement: { heldOut: true, mixtures: { miou } } } });
const run: ScoredRun = { metrics, modelVersion: null, baseline: { modelVersion: judged(0.9) } };

it('tells the last look while a run goes on, and sets nothing beside it that was measured on something else', () => {
  expect(scoreOf(run)).toEqual({ on: 'on new samples so far', value: 0.7, baseline: null });
});

it('tells what was judged on the same mixtures once both have been', () => {
  const both = { ...run, modelVersion: judged(0.6), baseline: { modelVersion: judged(0.5) } };
  expect(scoreOf(both)).toEqual({ on: 'on mixtures of held-out pictures', value: 0.6, baseline: 0.5 });
  expect(scoreOf({ ...both, baseline: { modelVersion: null } }).baseline).toBeNull();
});
