import { expect, it } from 'vitest';
import { type ProjectFacts, projectSteps, stepsToLookAt } from './project-steps.ts';

const empty: ProjectFacts = { lines: 0, datasets: [], trainings: [], segmentations: [], comparisons: 0 };
const dataset = { images: 12, pictures: 8, waiting: 0, flagged: 0, settled: 0, snapshots: 0 };
const states = (facts: Partial<ProjectFacts>) =>
  projectSteps({ ...empty, ...facts }, { lines: '/cell-lines' }).map(({ state }) => state);

it('begins with the lines', () => {
  expect(states({})).toEqual(['next', 'later', 'later', 'later', 'later', 'later']);
  expect(states({ lines: 1 })[0]).toBe('next');
});

it('names one next step, after what is there', () => {
  expect(states({ lines: 2 })).toEqual(['done', 'next', 'later', 'later', 'later', 'later']);
  expect(states({ lines: 2, datasets: [dataset] })).toEqual([
    'done',
    'done',
    'next',
    'later',
    'later',
    'later',
  ]);
});

it('shows masks that are being found, and asks for nothing meanwhile', () => {
  const steps = states({ lines: 2, datasets: [{ ...dataset, waiting: 3 }] });
  expect(steps.slice(0, 3)).toEqual(['done', 'done', 'running']);
});

it('takes earlier steps as done where later ones are', () => {
  expect(states({ lines: 2, datasets: [dataset], trainings: ['SUCCEEDED'] })).toEqual([
    'done',
    'done',
    'done',
    'done',
    'next',
    'later',
  ]);
});

it('does not call a failed training done', () => {
  const facts = { lines: 2, datasets: [{ ...dataset, snapshots: 1 }], trainings: ['FAILED'] as const };
  expect(states(facts)[3]).toBe('next');
});

it('lets a project that borrows everything train at once', () => {
  const steps = states({ lines: 0, datasets: [], lent: { images: 6, snapshots: 1 } });
  expect(steps.slice(0, 4)).toEqual(['done', 'done', 'done', 'next']);
});

it('asks nothing of who only looks', () => {
  const steps = projectSteps({ ...empty, lines: 2 }, { lines: '/cell-lines' });
  expect(stepsToLookAt(steps).map(({ state }) => state)).toEqual([
    'done',
    'later',
    'later',
    'later',
    'later',
    'later',
  ]);
});
