import { describe, expect, it } from 'vitest';
import { encodeCursor, parsePageRequest } from './page-request.ts';

const cursor = { value: '2026-11-22T10:00:00.000Z', id: '01a20451-743a-74ff-89bc-f7c6721f673f' };

describe('parsePageRequest', () => {
  it('takes a page forwards and backwards, with the cursors of an earlier one', () => {
    expect(parsePageRequest({ first: 5, after: encodeCursor(cursor) })).toEqual({
      size: 5,
      backwards: false,
      after: cursor,
      before: null,
    });
    expect(parsePageRequest({ last: 100 })).toMatchObject({ size: 100, backwards: true });
  });

  it.each([{}, { first: 0 }, { first: 101 }, { first: 1.5 }, { first: 3, last: 3 }])(
    'refuses %j',
    (request) => {
      expect(() => parsePageRequest(request)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
    },
  );

  it.each([
    '',
    'x',
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from('["a","b"]').toString('base64url'),
  ])('refuses %j as a cursor', (after) => {
    expect(() => parsePageRequest({ first: 1, after })).toThrow(/cursor/);
  });
});
