import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { actionWords, detailWords } from './action-words.ts';

it('has words for what people do, and the name of what it does not know', () => {
  expect(actionWords('createProject')).toBe('began a project');
  expect(actionWords('paintTheLab')).toBe('paintTheLab');
});

it('puts details on one line as people say them, without what is nested, long, empty or an id', () => {
  const details = {
    name: 'Plate 1',
    email: 'a@lab.example',
    projectRole: 'EDITOR',
    images: 3,
    ids: ['x'],
    note: 'n'.repeat(500),
    why: '',
    memberId: '01a206df-9aba-7408-aadf-1d2e48e9591e',
    to: 'Lab B: Mixing',
    seed: 7,
  };
  expect(detailWords(details)).toBe(
    '“Plate 1” · a@lab.example · project role: editor · 3 images · to: Lab B: Mixing · seed: 7',
  );
  expect(detailWords(null)).toBe('');
});

/** They change nothing that others see, and are not written down. */
const unwritten = ['createPartTickets', 'markNotificationsRead'];

it('has words for every change that the API offers', () => {
  const schema = readFileSync(resolve(import.meta.dirname, '../../../../../schema.graphql'), 'utf8');
  const changes = Object.keys(buildSchema(schema).getMutationType()?.getFields() ?? {});
  const named = changes.filter((change) => !unwritten.includes(change));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((change) => actionWords(change) === change)).toEqual([]);
});
