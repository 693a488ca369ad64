import { expect, it } from 'vitest';
import { neighboursOf } from './neighbours-of.ts';

const all = [
  { id: 'sure', uncertainty: 0.1 },
  { id: 'unsure', uncertainty: 0.9 },
  { id: 'middling', uncertainty: 0.5 },
];

it('neighbours stand in the order of the run’s list', () => {
  expect(neighboursOf(all, 'middling')).toEqual({ before: 'unsure', after: 'sure', place: 2, total: 3 });
  expect(neighboursOf(all, 'unsure')).toMatchObject({ before: null, after: 'middling' });
  expect(neighboursOf(all, 'sure')).toMatchObject({ before: 'middling', after: null });
});

it('one that is not in the run has none', () => {
  expect(neighboursOf(all, 'other')).toEqual({ before: null, after: null, place: 0, total: 0 });
});
