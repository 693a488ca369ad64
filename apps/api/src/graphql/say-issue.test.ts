import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sayIssue } from './say-issue.ts';

describe('what is wrong with a value', () => {
  const said = (shape: z.ZodType, value: unknown) => {
    const [issue] = shape.safeParse(value).error?.issues ?? [];
    return issue === undefined ? null : sayIssue(issue);
  };

  it.each([
    [z.string().min(1), '', 'must not be empty'],
    [z.string().min(8), 'short', 'needs at least 8 characters'],
    [z.string().max(3), 'long', 'can have at most 3 characters'],
    [z.array(z.int()).max(1), [1, 2], 'can have at most 1 entries'],
    [z.number().positive(), 0, 'must be more than 0'],
    [z.int().max(8), 9, 'must be at most 8'],
    [z.email(), 'me', 'is no e-mail address'],
    [z.enum(['fast', 'balanced']), 'slow', 'must be one of fast, balanced'],
    [z.string().min(1, 'say why'), '', 'say why'],
    [z.string(), 'x', null],
  ])('is said in words, %#', (shape, value, words) => {
    expect(said(shape, value)).toBe(words);
  });
});
