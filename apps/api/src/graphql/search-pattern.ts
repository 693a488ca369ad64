import { CellMixerError } from '@cellmixer/errors';

/** Characters of a search. */
const LONGEST = 200;

/** For ILIKE: what holds the text anywhere, whatever signs are in it. @throws INVALID_ARGUMENT beyond 200 characters */
export function searchPattern(text: string): string {
  if (text.length > LONGEST || text.includes('\0')) {
    throw new CellMixerError(
      'INVALID_ARGUMENT',
      `search: "${text.slice(0, 20)}…" has ${text.length} characters`,
      { subject: 'search', cure: `Search for at most ${LONGEST} printable characters.` },
    );
  }
  return `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`;
}
