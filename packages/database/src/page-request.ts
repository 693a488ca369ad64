import { CellMixerError } from '@cellmixer/errors';

/** The largest page. */
export const LARGEST_PAGE = 100;

/** The arguments of a Relay connection. */
export interface PageRequest {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** A place in a list: the value that it is sorted by, and the id that breaks ties. */
export interface Cursor {
  readonly value: string;
  readonly id: string;
}

export interface PageWindow {
  /** Rows of the page, 1…100. */
  readonly size: number;
  /** Read from the end, turned round afterwards. */
  readonly backwards: boolean;
  readonly after: Cursor | null;
  readonly before: Cursor | null;
}

/** @throws INVALID_ARGUMENT unless exactly one of `first` and `last` is given, from 1 to 100, and cursors are ours */
export function parsePageRequest({ first, last, after, before }: PageRequest): PageWindow {
  const size = first ?? last;
  if (size === null || size === undefined || (first != null && last != null)) {
    throw new CellMixerError('INVALID_ARGUMENT', 'a list needs either `first` or `last`', {
      cure: `Give one of them, from 1 to ${LARGEST_PAGE}.`,
    });
  }
  const name = first != null ? 'first' : 'last';
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw new CellMixerError('INVALID_ARGUMENT', `${name} is ${size}; it must be from 1 to ${LARGEST_PAGE}`, {
      subject: name,
    });
  }
  return {
    size,
    backwards: name === 'last',
    after: after == null ? null : decodeCursor('after', after),
    before: before == null ? null : decodeCursor('before', before),
  };
}

export function encodeCursor({ value, id }: Cursor): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function decodeCursor(name: string, text: string): Cursor {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === 2) {
      const [value, id] = parsed as unknown[];
      if (typeof value === 'string' && typeof id === 'string' && UUID.test(id)) return { value, id };
    }
  } catch {
    // Said below.
  }
  throw new CellMixerError('INVALID_ARGUMENT', `${name} is not a cursor of this list`, {
    subject: name,
    cure: 'Take a cursor that an earlier page of the same list gave.',
  });
}
