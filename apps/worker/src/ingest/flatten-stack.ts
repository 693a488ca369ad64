import type { Modality } from '@cellmixer/database';
import { maximumOfPlanes, type OpenedImage, type PlaneIndex, sharpestPlane } from '@cellmixer/imaging';

/** One picture of a stack, and how it was made. */
export interface FlatPicture {
  readonly picture: Pick<OpenedImage, 'width' | 'height' | 'channels' | 'depth' | 'read'>;
  /** Where the picture is one of its file's planes. */
  readonly plane: PlaneIndex | undefined;
  /** Planes of the stack; null where there was one. */
  readonly stackPlanes: number | null;
  /** Which was taken, from 1; null: the maximum of all. */
  readonly stackPlane: number | null;
}

/**
 * Makes one picture of a stack as the field does: cells that glow lie at several heights, and the maximum of all planes
 * shows each; in transmitted light every plane shows all cells, most of them blurred, and the sharpest is taken.
 */
export async function flattenStack(
  opened: OpenedImage,
  planes: readonly PlaneIndex[],
  modality: Modality,
  signal: AbortSignal,
): Promise<FlatPicture> {
  const [only, another] = planes;
  if (another === undefined) return { picture: opened, plane: only, stackPlanes: null, stackPlane: null };
  const stackPlanes = planes.length;
  if (modality === 'FLUORESCENCE')
    return { picture: maximumOfPlanes(opened, planes), plane: undefined, stackPlanes, stackPlane: null };
  const plane = await sharpestPlane(opened, planes, signal);
  return { picture: opened, plane, stackPlanes, stackPlane: planes.indexOf(plane) + 1 };
}
