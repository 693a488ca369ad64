/**
 * The one hot loop that plain JavaScript cannot do two pixels at a time, written as WebAssembly instruction by
 * instruction (WebAssembly core specification 2.0, binary format). In words, all addresses in bytes:
 *
 *     sum(out, rows, weights, pairs, bytes):
 *       for x = 0, 128, … < bytes:                  16 doubles, 8 registers of two
 *         sums = weights[0] · [rows[0] + x]
 *         for k = 1 … pairs:
 *           sums += weights[k] · ([rows[2k − 1] + x] + [rows[2k] + x])
 *         [out + x] = sums
 */
export type SumPairs = (out: number, rows: number, weights: number, pairs: number, bytes: number) => void;

export interface PairSumsModule {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly sum: SumPairs;
}

/** What is used of WebAssembly: neither Node's nor the language's own types describe it. */
declare const WebAssembly:
  | {
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object) => { readonly exports: object };
    }
  | undefined;

/** Registers of two doubles that are summed at once. */
const LANES = 8;
/** `n` of a sum must be a multiple of this. */
export const DOUBLES_AT_ONCE = 2 * LANES;

// Parameters, then locals; the sums follow as locals SUMS … SUMS + LANES − 1.
const OUT = 0;
const ROWS = 1;
const WEIGHTS = 2;
const PAIRS = 3;
const BYTES = 4;
const X = 5;
const A = 6;
const B = 7;
const ROW = 8;
const WEIGHT = 9;
const LEFT = 10;
const W = 11;
const SUMS = 12;

const I32 = 0x7f;
const V128 = 0x7b;
const VOID = 0x40;
const BLOCK = [0x02, VOID];
const LOOP = [0x03, VOID];
const END = [0x0b];
const I32_ADD = [0x6a];
const I32_SUB = [0x6b];
const I32_LESS = [0x48];
const I32_IS_ZERO = [0x45];
const F64X2_ADD = [0xfd, 0xf0, 0x01];
const F64X2_MUL = [0xfd, 0xf2, 0x01];
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const tee = (local: number): number[] => [0x22, local];
const constant = (value: number): number[] => [0x41, ...signed(value)];
const branchIf = (depth: number): number[] => [0x0d, depth];
const loadI32 = (offset: number): number[] => [0x28, 2, ...unsigned(offset)];
const loadPair = (offset: number): number[] => [0xfd, 0x00, 3, ...unsigned(offset)];
const loadSplat = (offset: number): number[] => [0xfd, 0x0a, 3, ...unsigned(offset)];
const storePair = (offset: number): number[] => [0xfd, 0x0b, 3, ...unsigned(offset)];

/** The module's instance, or null where WebAssembly with SIMD is missing or forbidden (a page's security policy). */
export function instantiatePairSums(): PairSumsModule | null {
  if (typeof WebAssembly === 'undefined') return null;
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()));
    return isPairSums(exports) ? exports : null;
  } catch {
    return null;
  }
}

function isPairSums(exports: object): exports is PairSumsModule {
  return 'memory' in exports && 'sum' in exports && typeof exports.sum === 'function';
}

function moduleBytes(): Uint8Array {
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 5, I32, I32, I32, I32, I32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]),
    ...section(7, [2, ...name('memory'), 2, 0, ...name('sum'), 0, 0]),
    ...section(10, [1, ...sized(functionBody())]),
  ]);
}

function functionBody(): number[] {
  const lanes = Array.from({ length: LANES }, (_, lane) => lane);
  return [
    ...[2, W - X, I32, 1 + LANES, V128],
    ...LOOP,
    ...[...get(ROWS), ...loadI32(0), ...get(X), ...I32_ADD, ...set(A)],
    ...[...get(WEIGHTS), ...loadSplat(0), ...set(W)],
    ...lanes.flatMap((j) => [...get(W), ...get(A), ...loadPair(16 * j), ...F64X2_MUL, ...set(SUMS + j)]),
    ...[...get(ROWS), ...set(ROW), ...get(WEIGHTS), ...set(WEIGHT), ...get(PAIRS), ...set(LEFT)],
    ...BLOCK,
    ...[...get(LEFT), ...I32_IS_ZERO, ...branchIf(0)],
    ...LOOP,
    ...[...get(ROW), ...loadI32(4), ...get(X), ...I32_ADD, ...set(A)],
    ...[...get(ROW), ...loadI32(8), ...get(X), ...I32_ADD, ...set(B)],
    ...[...get(WEIGHT), ...loadSplat(8), ...set(W)],
    ...lanes.flatMap((j) => [
      ...[...get(SUMS + j), ...get(W)],
      ...[...get(A), ...loadPair(16 * j), ...get(B), ...loadPair(16 * j), ...F64X2_ADD],
      ...[...F64X2_MUL, ...F64X2_ADD, ...set(SUMS + j)],
    ]),
    ...[...get(ROW), ...constant(8), ...I32_ADD, ...set(ROW)],
    ...[...get(WEIGHT), ...constant(8), ...I32_ADD, ...set(WEIGHT)],
    ...[...get(LEFT), ...constant(1), ...I32_SUB, ...tee(LEFT), ...branchIf(0)],
    ...END,
    ...END,
    ...[...get(OUT), ...get(X), ...I32_ADD, ...set(A)],
    ...lanes.flatMap((j) => [...get(A), ...get(SUMS + j), ...storePair(16 * j)]),
    ...[
      ...get(X),
      ...constant(16 * LANES),
      ...I32_ADD,
      ...tee(X),
      ...get(BYTES),
      ...I32_LESS,
      ...branchIf(0),
    ],
    ...END,
    ...END,
  ];
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...sized(content)];
}

function sized(content: readonly number[]): number[] {
  return [...unsigned(content.length), ...content];
}

function name(text: string): number[] {
  return sized([...text].map((letter) => letter.charCodeAt(0)));
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** Signed LEB128 of a value from 0. */
function signed(value: number): number[] {
  return value < 0x40 ? [value] : [(value & 0x7f) | 0x80, ...signed(value >>> 7)];
}
