import { CellMixerError } from '@cellmixer/errors';

declare const kind: unique symbol;

/** The name of an object in the bucket, checked. */
export type ObjectKey = string & { readonly [kind]: 'key' };

/** The beginning of the names of objects that belong together; ends with a slash. */
export type ObjectPrefix = string & { readonly [kind]: 'prefix' };

const longestKey = 1024;

/**
 * Takes a name that was kept elsewhere (a row, a message) back as a key. Throws INVALID_ARGUMENT where it has more
 * than 1,024 bytes, control characters, or segments that are empty, "." or "..".
 */
export function objectKey(text: string): ObjectKey {
  if (!isKey(text)) throw notAKey(text);
  return text;
}

/** The same for a prefix: at least two segments, so that nobody deletes a whole kind of object by mistake. */
export function objectPrefix(text: string): ObjectPrefix {
  if (!isPrefix(text)) throw notAKey(text);
  return text;
}

function isKey(text: string): text is ObjectKey {
  // A lone surrogate has no UTF-8, so two keys could become one.
  if (Buffer.byteLength(text) > longestKey || /\p{Cc}/u.test(text) || !text.isWellFormed()) return false;
  return text.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

function isPrefix(text: string): text is ObjectPrefix {
  return text.endsWith('/') && isKey(text.slice(0, -1)) && text.split('/').length > 2;
}

function notAKey(text: string): CellMixerError {
  return new CellMixerError('INVALID_ARGUMENT', `"${text}" cannot name an object of the bucket`, {
    subject: text,
    cure: 'Make keys with the functions of the key layout, from ids.',
  });
}
