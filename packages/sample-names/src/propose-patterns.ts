import { withoutEnding } from './file-endings.ts';
import { matchName } from './match-name.ts';
import { parsePattern } from './parse-pattern.ts';
import { type TokenName, tokenShapes } from './tokens.ts';

export interface ProposedPattern {
  readonly pattern: string;
  /** Names of the set that it reads. */
  readonly matches: number;
}

/** Names that are looked at. */
const MOST = 2000;
/** The share of them that is as good as all: a stray file is in most folders. */
export const NEARLY_ALL = 0.9;

/**
 * Patterns that read a set of names, best first, at most three. Names are cut at `_`, `-`, blanks and dots; a column is
 * told by its shape (well, time, `p12`, `s2`); the line is the text that holds a known line's name, else the first that
 * differs; one number is the site. Other text that is the same in all names stays as it is.
 *
 * @param knownLines names of lines that are registered
 */
export function proposePatterns(
  fileNames: readonly string[],
  knownLines: readonly string[] = [],
): ProposedPattern[] {
  const names = [...new Set(fileNames.slice(0, MOST).map(withoutEnding))].filter((name) => name !== '');
  const cuts = names.map(cutName);
  const groups = [...Map.groupBy(cuts, ({ separators }) => separators.join('\n')).values()]
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 4);
  const known = new Set(knownLines.map(plain));
  const patterns = new Set(
    groups.map((group) => patternOf(group, known)).filter((pattern) => pattern !== null),
  );
  // Of those that read nearly all names the one that reads most from them: {line} alone reads anything.
  const rank = ({ pattern, matches }: ProposedPattern) =>
    matches >= NEARLY_ALL * names.length ? pattern.split('{').length : 0;
  return [...patterns]
    .map((pattern) => ({ pattern, matches: countMatches(pattern, names) }))
    .toSorted((a, b) => rank(b) - rank(a) || b.matches - a.matches)
    .slice(0, 3);
}

interface CutName {
  readonly fields: readonly string[];
  readonly separators: readonly string[];
}

function cutName(name: string): CutName {
  // A dot between digits is a decimal's.
  const pieces = name.split(/([_\-\s]+|(?<!\d)\.|\.(?!\d))/);
  return {
    fields: pieces.filter((_piece, i) => i % 2 === 0),
    separators: pieces.filter((_piece, i) => i % 2 === 1),
  };
}

/** A column that is told by how it looks: a few letters ahead of a value. */
const prefixed: readonly (readonly [prefix: RegExp, token: TokenName])[] = [
  [/^(?:plate|pl)$/i, 'plate'],
  [/^(?:passage|pass|p)$/i, 'passage'],
  [/^(?:site|field|fov|pos|s|f)$/i, 'site'],
  [/^(?:time|t)$/i, 'time'],
  [/^(?:replicate|rep|r|n)$/i, 'replicate'],
  [/^(?:channel|ch|c|w)$/i, 'channel'],
];
const times = /^(?:\d+d\d+h(?:\d+m)?|\d+(?:\.\d+)?(?:h|hrs?|d|min)|(?:day|hour|hr|min)\d+)$/i;
const channels =
  /^(?:phase|ph|bf|brightfield|dic|dapi|hoechst|gfp|egfp|rfp|mcherry|cy3|cy5|fitc|tritc|merge)$/i;

function patternOf(group: readonly CutName[], knownLines: ReadonlySet<string>): string | null {
  const first = group[0];
  if (first === undefined) return null;
  const columns = first.fields.map((_field, i) => group.map(({ fields }) => fields[i] ?? ''));
  const used = new Set<TokenName>();
  const take = (token: TokenName, prefix = '') => {
    if (token === 'any' || used.has(token)) return `${prefix}{any}`;
    used.add(token);
    return `${prefix}{${token}}`;
  };
  const well = wellColumn(columns);
  const written: (string | null)[] = columns.map((column, i) => {
    if (i === well) return take('well');
    if (column.every((value) => times.test(value))) return take('time');
    const prefix = samePrefix(column);
    const known = prefixed.find(([shape]) => shape.test(prefix));
    if (known !== undefined && !used.has(known[1])) return take(known[1], prefix);
    return null;
  });
  const open = (i: number) => written[i] === null;
  const differs = columns.map((column) => new Set(column).size > 1);
  const indices = columns.map((_column, i) => i).filter(open);
  for (const i of indices) {
    const column = columns[i] ?? [];
    if (column.every((value) => channels.test(value))) written[i] = differs[i] ? take('channel') : column[0]!;
  }
  const texts = indices.filter((i) => open(i) && columns[i]!.every((value) => /\p{L}/u.test(value)));
  const knownIn = (i: number) => columns[i]!.filter((value) => knownLines.has(plain(value))).length;
  const line =
    texts.filter((i) => knownIn(i) > 0).toSorted((a, b) => knownIn(b) - knownIn(a))[0] ??
    texts.find((i) => differs[i]) ??
    texts[0];
  if (line !== undefined) written[line] = take('line');
  const numbers = indices.filter((i) => open(i) && fit(columns[i] ?? [], 'site'));
  // Microscopes write the site behind the well; else it is what counts, or the last.
  const site =
    numbers.find((i) => i === well + 1 && well >= 0) ?? numbers.find((i) => differs[i]) ?? numbers.at(-1);
  if (site !== undefined) written[site] = take('site');
  for (const i of indices.filter(open)) {
    const column = columns[i] ?? [];
    const same = !differs[i] && !/^\d+$/.test(column[0] ?? '');
    written[i] = same ? escapeBraces(column[0] ?? '') : take('any');
  }
  const source = written.map((text, i) => `${text}${escapeBraces(first.separators[i] ?? '')}`).join('');
  try {
    return parsePattern(source).source;
  } catch {
    return null;
  }
}

/** Of the columns that look like wells the one with most rows of a plate; small letters with a meaning are none. */
function wellColumn(columns: readonly (readonly string[])[]): number {
  const rows = columns.map((column) => {
    const prefix = samePrefix(column);
    const marked = prefix === prefix.toLowerCase() && prefixed.some(([shape]) => shape.test(prefix));
    return fit(column, 'well') && !marked ? new Set(column.map((value) => value.charAt(0))).size : 0;
  });
  const most = Math.max(0, ...rows);
  return most === 0 ? -1 : rows.indexOf(most);
}

/** A line's name without what people write in one way or another: MCF-7, mcf7. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function escapeBraces(text: string): string {
  return text.replaceAll(/[{}]/g, '$&$&');
}

function fit(column: readonly string[], token: TokenName): boolean {
  return column.every((value) => tokenShapes[token].fits.test(value));
}

/** The letters that all values of a column begin with before a number; empty where they do not. */
function samePrefix(column: readonly string[]): string {
  const prefixes = new Set(column.map((value) => /^([A-Za-z]+)\d+$/.exec(value)?.[1] ?? ''));
  return prefixes.size === 1 ? ([...prefixes][0] ?? '') : '';
}

function countMatches(source: string, names: readonly string[]): number {
  const pattern = parsePattern(source);
  return names.filter((name) => matchName(pattern, name).matched).length;
}
