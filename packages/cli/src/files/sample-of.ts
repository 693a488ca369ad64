import { basename, extname } from 'node:path';

/** A well of a 96- or 384-well plate between separators: A1, H12, P24. */
const WELL = /(?:^|[_\-. ])([A-P](?:0?[1-9]|1\d|2[0-4]))(?=[_\-. ]|$)/;

/**
 * The sample that a picture was taken of, by its name: everything up to the well (`plate3_A1_site2.tif` →
 * `plate3_A1`). Pictures of one sample are never split between two sides of a comparison. Null where no well is
 * named.
 */
export function sampleOf(path: string): string | null {
  const stem = basename(path, extname(path));
  const match = WELL.exec(stem);
  return match === null ? null : stem.slice(0, match.index + match[0].length);
}
