import { join } from 'node:path';
import type { Image } from '@cellmixer/database';
import { encodePng, readImageSource } from '@cellmixer/imaging';
import { type Mask, resampleMaskArea } from '@cellmixer/pixels';
import { fetchObject } from '../fetch-object.ts';
import type { Parts } from '../parts.ts';

/** Stands out from grey and from stains. */
const OUTLINE = [230, 159, 0] as const;

/** The picture's thumbnail with the outline of its mask: PNG, RGB. @returns null where there is no thumbnail */
export async function drawPreview(
  { storage }: Pick<Parts, 'storage'>,
  { thumbnailKey }: Pick<Image, 'thumbnailKey'>,
  mask: Mask,
  folder: string,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  if (thumbnailKey === null) return null;
  const file = join(folder, 'thumbnail.png');
  await fetchObject(storage, thumbnailKey, file, signal);
  const { width, height, channels, data: shown } = await (await readImageSource(file)).read();
  const size = width * height;
  const data = new Uint8Array(3 * size);
  const inside = resampleMaskArea(mask, width, height).data.map((share) => (share >= 0.5 ? 1 : 0));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const border =
        inside[i] === 1 &&
        ((x > 0 && inside[i - 1] === 0) ||
          (x < width - 1 && inside[i + 1] === 0) ||
          (y > 0 && inside[i - width] === 0) ||
          (y < height - 1 && inside[i + width] === 0));
      for (let c = 0; c < 3; c++) {
        data[c * size + i] = border ? OUTLINE[c]! : shown[(channels === 3 ? c : 0) * size + i]!;
      }
    }
  }
  return encodePng({ width, height, channels: 3, data });
}
