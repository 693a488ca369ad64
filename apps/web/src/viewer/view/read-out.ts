import type { MapSources } from '../layers/map-layer.ts';
import type { ViewerClass } from '../viewer-props.ts';
import type { DrawnChannel } from './channels.ts';
import type { OpenPicture } from './use-pyramids.ts';

/** What lies under the pointer. */
export interface ReadOut {
  readonly x: number;
  readonly y: number;
  /** Name and value of each channel that is shown; only as exact as what has been loaded. */
  readonly values: readonly { readonly name: string; readonly value: string }[];
  /** Names of the class in the first and the second map. */
  readonly classes: readonly string[];
  /** The object's number; null beside all objects. */
  readonly object: number | null;
}

/** Null beside the picture. `≈` stands before values of a reduced level, which are means. */
export function readOut(
  { pyramid }: OpenPicture,
  maps: MapSources,
  channels: readonly DrawnChannel[],
  classes: readonly ViewerClass[],
  at: { readonly x: number; readonly y: number },
): ReadOut | null {
  const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
  if (x < 0 || y < 0 || x >= pyramid.width || y >= pyramid.height) return null;
  const values = channels
    .filter(({ shown }) => shown)
    .map(({ name, index }) => {
      const found = pyramid.peek(x, y, index);
      if (!found) return { name, value: '…' };
      return { name, value: `${found.level > 0 ? '≈' : ''}${tidy(found.value)}` };
    });
  const object = maps.instances?.peek(x, y, 0)?.value ?? null;
  const nameOf = (number: number): string =>
    number === 0 || number === 255
      ? object
        ? 'unassigned'
        : 'background'
      : (classes[number - 1]?.name ?? `class ${number}`);
  const found = [maps.classes, maps.other].flatMap((map) => map?.peek(x, y, 0) ?? []);
  return { x, y, values, classes: found.map(({ value }) => nameOf(value)), object: object || null };
}

function tidy(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
