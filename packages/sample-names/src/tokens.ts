/** What a part of a name can say. */
export const tokenNames = [
  'line',
  'plate',
  'well',
  'site',
  'time',
  'channel',
  'replicate',
  'passage',
  'treatment',
  'dose',
  'sample',
  'any',
] as const;

export type TokenName = (typeof tokenNames)[number];

export interface TokenShape {
  /** The whole text must fit. */
  readonly fits: RegExp;
  /** For people: what was looked for. */
  readonly expected: string;
  /** Numbers take all of their digits; texts as little as they can. */
  readonly greedy: boolean;
}

const text: TokenShape = { fits: /^.+$/su, expected: 'some text', greedy: false };
const count: TokenShape = { fits: /^\d{1,6}$/, expected: 'a whole number', greedy: true };

const duration =
  /^(?:(?:day|hour|hr|min)\s?\d{1,6}|\d{1,4}d\d{1,2}h(?:\d{1,2}m)?|\d{1,6}(?:\.\d{1,4})?\s?(?:days?|d|hours?|hrs?|h|min|m)?)$/i;
const amount = /^\d{1,9}(?:[.,]\d{1,9})?\s?(?:[a-zµμ%][a-z0-9µμ%/^-]{0,11})?$/iu;

export const tokenShapes: Readonly<Record<TokenName, TokenShape>> = {
  line: text,
  plate: text,
  channel: text,
  replicate: text,
  treatment: text,
  sample: text,
  any: text,
  well: {
    fits: /^(?:[A-Z]|A[A-F])(?:0?[1-9]|[1-3][0-9]|4[0-8])$/i,
    expected: 'a well such as C7',
    greedy: true,
  },
  site: count,
  passage: count,
  time: { fits: duration, expected: 'a time such as 01d04h00m, 28h or day3', greedy: true },
  dose: { fits: amount, expected: 'a dose such as 10 or 0.5uM', greedy: true },
};
