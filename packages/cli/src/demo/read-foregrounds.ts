import { join } from 'node:path';
import type { Lab, MainJobResult } from '@cellmixer/api-client';
import { readFloatImage } from '@cellmixer/imaging';
import { type Mask, toBytes } from '@cellmixer/pixels';
import { z } from 'zod';
import type { CultureFiles } from '../files/read-cultures.ts';
import type { FoundCells } from './demo-result.ts';
import { fetchFile } from './fetch-file.ts';

const foregroundShape = z.object({
  image: z.object({ id: z.string() }),
  maskUrl: z.url(),
  flags: z.array(z.object({ kind: z.string() })),
  quality: z.object({ coverage: z.number(), objects: z.number(), agreement: z.number() }),
});
const fields = 'image { id } maskUrl flags { kind } quality';

/** Every pure picture with the cells that the server found in it; the picture itself of the first `shown` of a line. */
export async function readForegrounds(
  lab: Lab,
  { datasets, images }: MainJobResult,
  cultures: readonly CultureFiles[],
  options: { readonly shown: number; readonly folder: string; readonly signal: AbortSignal },
): Promise<FoundCells[]> {
  const listed = await lab.list('Dataset', datasets.cultures, 'foregrounds', fields, foregroundShape);
  const byImage = new Map(listed.map((one) => [one.image.id, one]));
  const found: FoundCells[] = [];
  for (const { type, images: pictures } of cultures) {
    for (const [at, picture] of pictures.entries()) {
      const foreground = byImage.get(images.get(picture.path) ?? '');
      if (foreground === undefined) continue;
      const { quality, flags, maskUrl } = foreground;
      const own = { type, image: picture.name, quality, flagged: flags.length > 0 };
      if (at >= options.shown) {
        found.push({ ...own, shown: null });
        continue;
      }
      const path = join(options.folder, `${type}-${at + 1}.png`);
      const mask = toMask(await readFloatImage(await fetchFile(maskUrl, path, options.signal)));
      found.push({ ...own, shown: { picture: toBytes(await picture.read()), mask } });
    }
  }
  return found;
}

/** 255 is cell; 128, undecided, and 0 are not. */
function toMask({ width, height, data }: Awaited<ReturnType<typeof readFloatImage>>): Mask {
  const inside = new Uint8Array(width * height);
  for (let i = 0; i < inside.length; i++) inside[i] = data[i] === 255 ? 1 : 0;
  return { width, height, data: inside };
}
