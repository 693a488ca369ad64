import { expect, it } from 'vitest';
import { configurationPage } from './configuration-page.ts';
import { variables } from './variables.ts';

it('has one row for each variable, with its default or what absence means', () => {
  const rows = configurationPage()
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows.map((row) => row.split('`')[1]).sort()).toEqual(Object.keys(variables.shape).sort());
  for (const row of rows) expect(row.split(' | ').at(-1), row).not.toBe(' |');
  expect(rows.find((row) => row.startsWith('| `MODEL_CACHE_MB`'))).toMatch(/\| MiB \| `1024` \|$/);
});
