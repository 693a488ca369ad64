import { expect, it } from 'vitest';
import { groupWarnings } from './warning-words.ts';

it('says a cure once for all lines that need it, and blocks where one does', () => {
  const one = {
    code: 'CELLS_FEW',
    blocking: false,
    message: 'A has 9 cells',
    cure: 'Add pictures.',
  } as const;
  const gpu = { code: 'GPU_MISSING', blocking: false, message: 'No GPU', cure: 'Wait.' } as const;
  expect(groupWarnings([one, gpu, { ...one, blocking: true, message: 'B has 8 cells' }])).toEqual([
    {
      code: 'CELLS_FEW',
      blocking: true,
      messages: ['A has 9 cells', 'B has 8 cells'],
      cures: ['Add pictures.'],
    },
    { code: 'GPU_MISSING', blocking: false, messages: ['No GPU'], cures: ['Wait.'] },
  ]);
});
