/**
 * Orders keys as S3 lists them, by their UTF-8 bytes. JavaScript compares UTF-16, in which surrogates (beyond
 * U+FFFF) come before U+E000…U+FFFF; moving the two ranges past each other gives the order of code points, which is
 * that of the bytes.
 */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [left, right] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (left !== right) return codePointRank(left) - codePointRank(right);
  }
  return a.length - b.length;
}

function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The first place of a sorted list whose key is not below `bound`. */
export function lowerBound(keys: readonly string[], bound: string): number {
  return firstPlace(keys, (key) => compareKeys(key, bound) >= 0);
}

/** The first place behind all keys that are below `prefix` or begin with it. */
export function behindPrefix(keys: readonly string[], prefix: string): number {
  return firstPlace(keys, (key) => compareKeys(key, prefix) >= 0 && !key.startsWith(prefix));
}

function firstPlace(keys: readonly string[], holds: (key: string) => boolean): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(keys[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
