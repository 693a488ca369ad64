import { CellMixerError } from '@cellmixer/errors';
import type { ClassMap, LabelMap } from '@cellmixer/pixels';

interface Expected {
  readonly file: string;
  readonly image: string;
  readonly width: number;
  readonly height: number;
}

/** @throws INVALID_ARGUMENT unless the map has the size of its image */
export function demandSize(map: ClassMap | LabelMap, { file, image, width, height }: Expected): void {
  if (map.width === width && map.height === height) return;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `"${file}" is ${map.width} × ${map.height}, its image "${image}" is ${width} × ${height}`,
    {
      subject: file,
      cure: 'Send the map in the full size of its image, or name the image that it belongs to.',
    },
  );
}

/**
 * Every value of a class map must be a line's, 0 (background) or 255 (ignored).
 *
 * @throws INVALID_ARGUMENT naming the first other value and its place; and where no line is in the map at all
 */
export function demandKnownClasses(map: ClassMap, classes: ReadonlySet<number>, file: string): void {
  let any = false;
  for (let i = 0; i < map.data.length; i++) {
    const value = map.data[i]!;
    if (value === 0 || value === 255) continue;
    if (!classes.has(value)) {
      const [x, y] = [i % map.width, Math.floor(i / map.width)];
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `"${file}" has the value ${value} at x ${x}, y ${y}, which is no line’s`,
        {
          subject: file,
          cure: `Say which line ${value} is, or write 255 for what is not to be judged.`,
        },
      );
    }
    any = true;
  }
  if (!any) throw empty(file);
}

/** @throws INVALID_ARGUMENT where a map of instances has none, or one that is to have a line is not in it */
export function demandInstances(map: LabelMap, named: readonly number[], file: string): void {
  const missing = new Set(named);
  let any = false;
  for (const label of map.data) {
    if (label === 0) continue;
    any = true;
    missing.delete(label);
  }
  if (!any) throw empty(file);
  const [first] = missing;
  if (first === undefined) return;
  throw new CellMixerError('INVALID_ARGUMENT', `"${file}" has no object ${first}`, {
    subject: file,
    cure: 'Give lines to objects that are in the map.',
  });
}

function empty(file: string): CellMixerError {
  return new CellMixerError('INVALID_ARGUMENT', `"${file}" shows background alone`, {
    subject: file,
    cure: 'Send a map with cells in it; an image without cells needs no truth.',
  });
}
