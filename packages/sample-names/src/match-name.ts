import { withoutEnding } from './file-endings.ts';
import type { NamePart, NamePattern } from './parse-pattern.ts';
import { type TokenName, tokenShapes } from './tokens.ts';

/** What a name says, as it is written there. */
export type NameValues = Readonly<Partial<Record<Exclude<TokenName, 'any'>, string>>>;

export type NameMatch =
  | { readonly matched: true; readonly values: NameValues }
  | {
      readonly matched: false;
      /** Characters of the name that could be read, from 0; there it fails. */
      readonly at: number;
      /** What the pattern asks for there. */
      readonly expected: string;
      /** For people: what stands there instead. */
      readonly reason: string;
      /** The reason with the name ahead of it. */
      readonly message: string;
    };

/** Characters of a name that are looked at. */
const LONGEST = 512;
/** Characters of it that are repeated in words. */
const SAID = 30;

/** Holds a name against a pattern: what it says, or the first place where it says something else. */
export function matchName(pattern: NamePattern, fileName: string): NameMatch {
  const name = withoutEnding(fileName).slice(0, LONGEST);
  const search = new Search(pattern.parts, name);
  const ends = search.from(0, 0);
  if (ends === null) {
    const { at, expected } = search.furthest;
    const reason = `${placeOf(name, at)}, where ${expected} is expected`;
    return { matched: false, at, expected, reason, message: `"${fileName}" does not fit: ${reason}` };
  }
  const values: Partial<Record<Exclude<TokenName, 'any'>, string>> = {};
  let at = 0;
  pattern.parts.forEach((part, i) => {
    const end = ends[i] ?? at;
    if (part.kind === 'token' && part.token !== 'any') values[part.token] = name.slice(at, end);
    at = end;
  });
  return { matched: true, values };
}

/** What stands at character `at` of a name, in words. */
function placeOf(name: string, at: number): string {
  const [before, rest] = [name.slice(0, at), name.slice(at)];
  const said = `"${rest.length > SAID ? `${rest.slice(0, SAID)}…` : rest}"`;
  if (before === '') return rest === '' ? 'the name is empty' : `it begins with ${said}`;
  const after = `after "${before.length > SAID ? `…${before.slice(-SAID)}` : before}"`;
  return rest === '' ? `${after} the name ends` : `${after} comes ${said}`;
}

/** Tries ends of the parts one after the other; a place that failed once is not tried again. */
class Search {
  readonly #parts: readonly NamePart[];
  readonly #name: string;
  readonly #failed = new Set<number>();
  /** Of the parts that were reached the last, and the last place where it was tried. */
  furthest = { part: -1, at: 0, expected: '' };

  constructor(parts: readonly NamePart[], name: string) {
    this.#parts = parts;
    this.#name = name;
  }

  /** Where each part ends, from part `index` at character `at` on; null where there is no way. */
  from(index: number, at: number): number[] | null {
    const part = this.#parts[index];
    if (part === undefined) {
      if (at === this.#name.length) return [];
      this.#fail(index, at, 'the end of the name');
      return null;
    }
    const place = index * (LONGEST + 1) + at;
    if (this.#failed.has(place)) return null;
    for (const end of this.#endsOf(part, index, at)) {
      const rest = this.from(index + 1, end);
      if (rest !== null) return [end, ...rest];
    }
    this.#failed.add(place);
    return null;
  }

  *#endsOf(part: NamePart, index: number, at: number): Generator<number> {
    const name = this.#name;
    if (part.kind === 'text') {
      if (name.startsWith(part.text, at)) yield at + part.text.length;
      else this.#fail(index, at, part.text === ' ' ? 'a blank' : `"${part.text}"`);
      return;
    }
    const { fits, expected, greedy } = tokenShapes[part.token];
    const most = greedy ? Math.min(name.length, at + 32) : name.length;
    let any = false;
    for (let step = 1; step <= most - at; step++) {
      const end = greedy ? most - step + 1 : at + step;
      if (!fits.test(name.slice(at, end))) continue;
      any = true;
      yield end;
    }
    if (!any) this.#fail(index, at, `${expected} for {${part.token}}`);
  }

  #fail(part: number, at: number, expected: string): void {
    const { furthest } = this;
    if (part > furthest.part || (part === furthest.part && at > furthest.at))
      this.furthest = { part, at, expected };
  }
}
