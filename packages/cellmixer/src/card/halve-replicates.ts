/** A picture of a pure culture, and the replicate that it is of; null where nobody said. */
export interface OfReplicate {
  readonly replicate: string | null;
}

/** A half of one line's replicates, for the null split. */
export interface Half<Picture> {
  readonly replicates: readonly string[];
  readonly training: readonly Picture[];
  /** Of the same replicates, kept out of training: one in four, at least one. */
  readonly heldOut: readonly Picture[];
}

/**
 * Deals the replicates of one line, whole, into two halves of about as many pictures. Both keep the order of the
 * pictures; those of no named replicate are left out.
 *
 * @returns null with fewer than two replicates, or one picture alone in a half
 */
export function halveReplicates<Picture extends OfReplicate>(
  pictures: readonly Picture[],
): readonly [Half<Picture>, Half<Picture>] | null {
  const groups = [...Map.groupBy(pictures, (picture) => picture.replicate)]
    .flatMap(([name, own]) => (name === null ? [] : [{ name, count: own.length }]))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const dealt = [new Set<string>(), new Set<string>()] as const;
  const counts = [0, 0] as [number, number];
  for (const { name, count } of groups) {
    const lighter = counts[1] < counts[0] ? 1 : 0;
    dealt[lighter].add(name);
    counts[lighter] += count;
  }
  if (Math.min(...counts) < 2) return null;
  const halfOf = (names: ReadonlySet<string>): Half<Picture> => {
    const own = pictures.filter(({ replicate }) => replicate !== null && names.has(replicate));
    const isKept = (at: number) => at % 4 === 3 || (own.length < 4 && at === own.length - 1);
    return {
      replicates: [...names].sort(),
      training: own.filter((_, at) => !isKept(at)),
      heldOut: own.filter((_, at) => isKept(at)),
    };
  };
  return [halfOf(dealt[0]), halfOf(dealt[1])];
}
