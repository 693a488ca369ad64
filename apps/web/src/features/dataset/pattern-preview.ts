import { CellMixerError } from '@cellmixer/errors';
import {
  matchName,
  type NameFields,
  type NamePattern,
  NEARLY_ALL,
  type ProposedPattern,
  parsePattern,
  proposePatterns,
  readFields,
} from '@cellmixer/sample-names';

/** Names that fit, and names that do not, that are shown. */
const SHOWN = 3;

export interface Proposals {
  /** Reads all names or nearly all; empty where nothing does. */
  readonly best: string;
  /** What else reads several of them. */
  readonly others: readonly ProposedPattern[];
  /** Reads the first name alone: an example made of one's own. */
  readonly example: { readonly pattern: string; readonly name: string } | null;
}

/**
 * Patterns for a set of names. One that tells neither line, well nor sample says nothing of a culture, and by {line}
 * alone every file would be a line of its own.
 */
export function proposalsFor(names: readonly string[], lines: readonly string[]): Proposals {
  const telling = (proposed: readonly ProposedPattern[]) =>
    proposed.filter(({ pattern }) => pattern !== '{line}' && /\{(?:line|well|sample)\}/.test(pattern));
  const [first, ...rest] = telling(proposePatterns(names, lines));
  const fits = first !== undefined && first.matches >= NEARLY_ALL * names.length;
  const others = (fits ? rest : first === undefined ? [] : [first, ...rest]).filter(
    ({ matches }) => matches > 1,
  );
  const [name] = names;
  const own = name === undefined ? undefined : telling(proposePatterns([name], lines))[0];
  return {
    best: fits ? first.pattern : '',
    others,
    example: name === undefined || own === undefined ? null : { pattern: own.pattern, name },
  };
}

export interface ReadName {
  readonly name: string;
  /** What it says, or why it does not fit. */
  readonly says: string;
  readonly fits: boolean;
}

export interface PatternPreview {
  /** Why this is no pattern, with the cure; null where it is one. */
  readonly error: string | null;
  /** Names that it reads. */
  readonly fits: number;
  /** Some names that fit, then some that do not. */
  readonly rows: readonly ReadName[];
}

/** What a pattern reads from the names, while it is typed. */
export function previewOf(text: string, names: readonly string[]): PatternPreview {
  const nothing = { error: null, fits: 0, rows: [] };
  if (text.trim() === '') return nothing;
  try {
    const pattern = parsePattern(text);
    const read = names.map((name) => readName(pattern, name));
    const good = read.filter(({ fits }) => fits);
    const bad = read.filter(({ fits }) => !fits);
    return { error: null, fits: good.length, rows: [...good.slice(0, SHOWN), ...bad.slice(0, SHOWN)] };
  } catch (error) {
    if (!(error instanceof CellMixerError)) throw error;
    return { ...nothing, error: `${sentence(error.message)} ${error.cure ?? ''}`.trim() };
  }
}

function readName(pattern: NamePattern, name: string): ReadName {
  const match = matchName(pattern, name);
  if (match.matched) return { name, says: wordsOf(readFields(match.values)), fits: true };
  return { name, says: sentence(match.reason), fits: false };
}

function wordsOf(fields: NameFields): string {
  const { line, sample, plate, well, site, timeHours, channel, replicate, passage, treatment, dose } = fields;
  const said: readonly (readonly [string, string | number | null])[] = [
    ['line', line],
    ['sample', sample],
    ['plate', plate],
    ['well', well],
    ['site', site],
    ['time', timeHours === null ? null : `${timeHours} h`],
    ['channel', channel],
    ['replicate', replicate],
    ['passage', passage],
    ['treatment', treatment],
    ['dose', dose === null ? null : `${dose} ${fields.doseUnit ?? ''}`.trim()],
  ];
  return said.flatMap(([what, value]) => (value === null ? [] : [`${what} ${value}`])).join(', ');
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
