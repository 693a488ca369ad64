import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { listImages, readFloatImage, readLabelMap } from '@cellmixer/imaging';
import type { FloatImage, Mask } from '@cellmixer/pixels';

/** A pure picture with the mask that people drew. */
export interface MaskedPicture {
  readonly line: string;
  readonly name: string;
  readonly image: FloatImage;
  readonly truth: Mask;
}

/** All pictures of `<set>/homogeneous/<line>/images` that have a mask in `masks_instance`; cell = id above 0. */
export async function readMaskedPictures(set: string): Promise<MaskedPicture[]> {
  const root = join(set, 'homogeneous');
  const pictures: MaskedPicture[] = [];
  for (const line of (await readdir(root)).sort()) {
    for (const path of await listImages(join(root, line, 'images'))) {
      const name = basename(path, extname(path));
      const mask = join(root, line, 'masks_instance', `${name}.png`);
      if (!existsSync(mask)) continue;
      const labels = await readLabelMap(mask);
      const truth = { ...labels, data: Uint8Array.from(labels.data, (v) => (v > 0 ? 1 : 0)) };
      pictures.push({ line, name, image: await readFloatImage(path), truth });
    }
  }
  return pictures;
}

/** Intersection over union; 1 where both are empty. */
export function intersectionOverUnion(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i]! & b[i]!;
    either += a[i]! | b[i]!;
  }
  return either === 0 ? 1 : both / either;
}
