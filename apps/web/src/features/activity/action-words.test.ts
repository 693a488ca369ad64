import { expect, it } from 'vitest';
import { actionWords, detailWords } from './action-words.ts';

it('has words for what people do, and the name of what it does not know', () => {
  expect(actionWords('createProject')).toBe('began a project');
  expect(actionWords('paintTheLab')).toBe('paintTheLab');
});

it('puts details on one line, without what is nested or long', () => {
  const details = {
    email: 'a@lab.example',
    projectRole: 'EDITOR',
    images: 3,
    ids: ['x'],
    note: 'n'.repeat(500),
  };
  expect(detailWords(details)).toBe('email: a@lab.example, project role: EDITOR, images: 3');
  expect(detailWords(null)).toBe('');
});
