import type { OfReplicate } from '@cellmixer/cellmixer/card';

export interface Split<Picture> {
  /** Per class. */
  readonly training: readonly (readonly Picture[])[];
  /** One replicate of every class; null where a class has fewer than two. */
  readonly heldOut: readonly { readonly replicate: string; readonly pictures: readonly Picture[] }[] | null;
}

/**
 * Keeps the smallest replicate of every class out of training, whole. Where one class has fewer than two, or pictures
 * of no named replicate, nothing is kept out: the classes could not be compared.
 */
export function splitReplicates<Picture extends OfReplicate>(
  classes: readonly (readonly Picture[])[],
): Split<Picture> {
  const parts = classes.map((pictures) => {
    const groups = [...Map.groupBy(pictures, (picture) => picture.replicate)];
    const sorted = groups.sort(
      ([a, own], [b, other]) => own.length - other.length || ((a ?? '') < (b ?? '') ? 1 : -1),
    );
    const [replicate, kept] = sorted[0] ?? [];
    if (sorted.length < 2 || sorted.some(([name]) => name === null) || replicate == null) return null;
    const training = pictures.filter((picture) => picture.replicate !== replicate);
    return { training, heldOut: { replicate, pictures: kept ?? [] } };
  });
  const whole = parts.filter((part) => part !== null);
  if (whole.length < classes.length) return { training: classes, heldOut: null };
  return { training: whole.map((part) => part.training), heldOut: whole.map((part) => part.heldOut) };
}
