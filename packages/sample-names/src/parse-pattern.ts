import { CellMixerError } from '@cellmixer/errors';
import { withoutEnding } from './file-endings.ts';
import { type TokenName, tokenNames } from './tokens.ts';

export type NamePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'token'; readonly token: TokenName };

/** A pattern that was checked. */
export interface NamePattern {
  readonly source: string;
  readonly parts: readonly NamePart[];
}

/** Characters of a pattern. */
const LONGEST = 255;

/**
 * Reads a pattern such as `{line}_{well}_{site}.tif`.
 *
 * @throws INVALID_ARGUMENT where it is empty or longer than 255 characters, has a brace too many, a token that is
 * unknown or comes twice, two tokens without anything between them, or no token at all
 */
export function parsePattern(source: string): NamePattern {
  if (source.length > LONGEST) {
    throw wrong(source.slice(0, 40), `it has ${source.length} characters`, `Use at most ${LONGEST}.`);
  }
  const parts: NamePart[] = [];
  const seen = new Set<TokenName>();
  for (const [piece] of withoutEnding(source).matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g)) {
    if (piece === '{' || piece === '}') {
      throw wrong(
        source,
        `a "${piece}" stands alone`,
        'Write names in braces, such as {well}; for a brace itself write it twice.',
      );
    }
    if (!piece.startsWith('{') || piece === '{{') {
      append(parts, piece === '{{' ? '{' : piece === '}}' ? '}' : piece);
      continue;
    }
    const token = tokenOf(source, piece);
    if (token !== 'any' && seen.has(token)) throw wrong(source, `${piece} comes twice`, 'Use {any} for one.');
    if (parts.at(-1)?.kind === 'token') {
      throw wrong(
        source,
        `nothing stands between ${piece} and what is read ahead of it`,
        'Write what separates them in the names, such as _ between {line} and {well}.',
      );
    }
    seen.add(token);
    parts.push({ kind: 'token', token });
  }
  if (!parts.some((part) => part.kind === 'token' && part.token !== 'any')) {
    throw wrong(
      source,
      'it reads nothing from a name',
      `Write what is to be read where it stands in the names: ${listed()}.`,
    );
  }
  return { source, parts };
}

function tokenOf(source: string, piece: string): TokenName {
  const name = piece.slice(1, -1).trim().toLowerCase();
  const token = tokenNames.find((known) => known === name);
  if (token === undefined) throw wrong(source, `${piece} is not known`, `Known are ${listed()}.`);
  return token;
}

function append(parts: NamePart[], text: string): void {
  const last = parts.at(-1);
  if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + text };
  else parts.push({ kind: 'text', text });
}

function listed(): string {
  return tokenNames.map((name) => `{${name}}`).join(' ');
}

function wrong(source: string, what: string, cure: string): CellMixerError {
  return new CellMixerError('INVALID_ARGUMENT', `the pattern "${source}": ${what}`, {
    subject: 'filenamePattern',
    cure,
  });
}
