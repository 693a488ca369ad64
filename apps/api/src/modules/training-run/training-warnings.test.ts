import { expect, it } from 'vitest';
import type { TrainingPicture } from './training-pictures.ts';
import { warningsOfPictures } from './training-warnings.ts';

const picture = (
  position: number,
  replicate: string,
  other: Partial<TrainingPicture> = {},
): TrainingPicture => ({
  position,
  name: `${position}-${replicate}.tif`,
  status: 'READY',
  lineName: 'A172',
  lineAccession: null,
  replicate,
  plate: 'P1',
  day: '2026-11-01',
  dayFrom: 'EXPOSURE',
  modality: 'PHASE_CONTRAST',
  pixelSizeUm: 0.65,
  decision: 'FOUND',
  flags: [],
  objects: 80,
  ...other,
});
const well = [picture(0, 'a'), picture(0, 'b'), picture(1, 'a'), picture(1, 'b')];
const codes = (pictures: readonly TrainingPicture[]) =>
  warningsOfPictures(['A172', 'BT474'], pictures).map(({ code, subject }) => [code, subject]);

it('says nothing of two replicates of every class on one plate', () => {
  expect(codes(well)).toEqual([]);
});

it.each<[string, TrainingPicture[], [string, string | null][]]>([
  ['few cells', [...well.slice(0, 3), picture(1, 'b', { objects: 10 })], [['CELLS_FEW', 'BT474']]],
  ['one replicate', [...well.slice(0, 3), picture(1, 'a')], [['REPLICATE_SINGLE', 'BT474']]],
  [
    'a class on a plate of its own',
    [picture(0, 'a', { plate: 'P0' }), picture(0, 'b', { plate: 'P0' }), ...well.slice(2)],
    [
      ['CLASS_CONFOUNDED_WITH_PLATE', 'A172'],
      ['CLASS_CONFOUNDED_WITH_PLATE', 'BT474'],
    ],
  ],
  [
    'a class on a day of its own',
    [...well.slice(0, 2), picture(1, 'a', { day: '2026-11-02' }), picture(1, 'b', { day: '2026-11-03' })],
    [
      ['CLASS_CONFOUNDED_WITH_DAY', 'A172'],
      ['CLASS_CONFOUNDED_WITH_DAY', 'BT474'],
    ],
  ],
  [
    'several modalities',
    [...well.slice(0, 3), picture(1, 'b', { modality: 'DIC' })],
    [['MODALITY_MIXED', null]],
  ],
  [
    'several pixel sizes',
    [...well.slice(0, 3), picture(1, 'b', { pixelSizeUm: 0.3 })],
    [['PIXEL_SIZE_MIXED', null]],
  ],
  [
    'unknown pixel sizes',
    [...well.slice(0, 3), picture(1, 'b', { pixelSizeUm: null })],
    [['PIXEL_SIZE_MIXED', null]],
  ],
  [
    'a flagged mask',
    [...well, picture(1, 'b', { flags: ['LOW_CONTRAST'] })],
    [['FOREGROUND_FLAGGED', 'BT474']],
  ],
  ['no mask', [...well, picture(0, 'b', { flags: null, objects: null })], [['FOREGROUND_MISSING', 'A172']]],
  ['unread pictures', [...well, picture(0, 'b', { status: 'INGESTING' })], [['PICTURES_NOT_READY', 'A172']]],
])('warns of %s', (_, pictures, expected) => {
  expect(codes(pictures)).toEqual(expected);
});

it('trusts a flagged mask that somebody has accepted, and knows nothing of plates that nobody wrote down', () => {
  const accepted = picture(1, 'b', { flags: ['LOW_CONTRAST'], decision: 'ACCEPTED', plate: null });
  expect(codes([picture(0, 'a', { plate: 'P0' }), ...well.slice(1), accepted])).toEqual([]);
});

it('says of days that only the files tell of that they may be those of an export', () => {
  const days = (dayFrom: 'EXPOSURE' | 'FILE') =>
    warningsOfPictures(
      ['A172', 'BT474'],
      [
        ...well.slice(0, 2),
        picture(1, 'a', { day: '2026-11-02', dayFrom }),
        picture(1, 'b', { day: '2026-11-02' }),
      ],
    ).map(({ message, cure }) => `${message} ${cure}`);
  for (const told of days('EXPOSURE')) expect(told).not.toContain('export');
  expect(days('FILE')).toHaveLength(2);
  for (const told of days('FILE')) {
    expect(told).toContain('may also be those of an export');
    expect(told).toContain('If they were taken on different days, add');
  }
});
