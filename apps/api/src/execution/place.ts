/** Where an object or a list of the answer stands, and what it is filled from. */
export interface Place {
  /** What the fields are read from; nothing for a list. */
  readonly source: unknown;
  /** The object or list of the answer. */
  readonly target: Record<string | number, unknown>;
  /** The object or list that it is in; null for the whole answer. */
  readonly up: Place | null;
  /** Where it is in that. */
  readonly key: string | number;
  readonly nullable: boolean;
  /** An error has put null in its place. */
  gone: boolean;
}

/** An object of the answer. It inherits nothing, so that a field may have any alias, and stays fast to write. */
export const Answer = function Answer() {} as unknown as new () => Record<string, unknown>;
Answer.prototype = Object.create(null);

export function rootPlace(source: unknown): Place {
  return { source, target: new Answer(), up: null, key: '', nullable: true, gone: false };
}

/** The way from the top of the answer to a field or item of a place. */
export function pathTo(place: Place, key: string | number): (string | number)[] {
  const path = [key];
  for (let at = place; at.up !== null; at = at.up) path.unshift(at.key);
  return path;
}

/** Whether an error has already put null in the place, or in one that it is in. */
export function isGone(place: Place): boolean {
  for (let at: Place | null = place; at !== null; at = at.up) if (at.gone) return true;
  return false;
}

/** Puts null in the place, or where it must not be null, in the nearest above that may be. */
export function remove(place: Place): void {
  let at = place;
  while (!at.nullable && at.up !== null) at = at.up;
  at.gone = true;
  if (at.up !== null) at.up.target[at.key] = null;
}
