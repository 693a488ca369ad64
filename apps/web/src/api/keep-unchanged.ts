/**
 * `fresh` with all that says the same as in `old` taken from there, so that what shows it need not be drawn anew.
 * Both are JSON.
 */
export function keepUnchanged<Value>(old: unknown, fresh: Value): Value;
export function keepUnchanged(old: unknown, fresh: unknown): unknown {
  if (Object.is(old, fresh) || !isBranch(old) || !isBranch(fresh)) return fresh;
  if (Array.isArray(old) !== Array.isArray(fresh)) return fresh;
  const keys = Object.keys(fresh);
  const kept = keys.map((key) => keepUnchanged(old[key], fresh[key]));
  const same =
    keys.length === Object.keys(old).length &&
    keys.every((key, i) => Object.is(old[key], kept[i]) && key in old);
  if (same) return old;
  return Array.isArray(fresh) ? kept : Object.fromEntries(keys.map((key, i) => [key, kept[i]]));
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
