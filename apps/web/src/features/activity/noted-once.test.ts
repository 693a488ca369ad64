import { expect, it } from 'vitest';
import { notedOnce } from './noted-once.ts';

const share = {
  action: 'shareDataset',
  subjectType: 'DatasetShare',
  subjectId: 'share',
  createdAt: '2026-05-04T10:00:00.009Z',
};
const otherSide = { ...share, createdAt: '2026-05-04T10:00:00.002Z' };

it('tells once what both projects of a share have noted', () => {
  expect(notedOnce([share, otherSide])).toEqual([share]);
});

it('tells each of two happenings', () => {
  const events = [
    { ...share, createdAt: '2026-05-04T11:00:00.000Z' },
    { ...share, action: 'declineShare', createdAt: '2026-05-04T10:00:01.000Z' },
    share,
    { ...share, subjectId: 'another' },
    { ...share, subjectType: 'Dataset', action: 'labelImages' },
    { ...share, subjectType: 'Dataset', action: 'labelImages' },
  ];
  expect(notedOnce(events)).toEqual(events);
});
