import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MainJob, MixtureFile, PictureFile } from '@cellmixer/api-client';
import { type DemoLine, demoLines, drawCulture, drawMixture } from '@cellmixer/demo-cultures';
import { encodeLabels, encodePng } from '@cellmixer/imaging';

const WELLS = [1, 2];
/** A row of the plate for each line; mixtures are in B. */
const ROWS = 'ACD';

/** Small pictures of demo cultures, some of each of two wells, and mixtures of them with their truth. */
export async function drawPictures(
  folder: string,
  lines: readonly DemoLine[] = demoLines,
  perWell = 1,
): Promise<Pick<MainJob, 'cultures' | 'mixtures'>> {
  const size = { field: 1, width: 320, height: 256 };
  mkdirSync(folder, { recursive: true });
  const put = async (
    sample: string,
    image: Parameters<typeof encodePng>[0],
    field = 1,
  ): Promise<PictureFile> => {
    const path = join(folder, `${sample}${field === 1 ? '' : `_${field}`}.png`);
    writeFileSync(path, await encodePng(image));
    return { path, sample };
  };
  const cultures: MainJob['cultures'][number][] = [];
  for (const [i, line] of lines.entries()) {
    const pictures = WELLS.flatMap((well) =>
      Array.from({ length: perWell }, (_, at) => {
        const field = at + 1;
        const { image } = drawCulture({ ...size, field, line, well, seed: 5 });
        return put(`${line}_${ROWS[i]}${well}`, image, field);
      }),
    );
    cultures.push({ line, pictures: await Promise.all(pictures) });
  }
  const fractions = Object.fromEntries(lines.map((line) => [line, 1 / lines.length]));
  const mixtures = WELLS.map(async (well): Promise<MixtureFile> => {
    const sample = `mixture_B${well}`;
    const { image, types, instances } = drawMixture({ ...size, fractions, well, seed: 6 });
    const classMap = join(folder, `${sample}.classes.png`);
    writeFileSync(classMap, await encodePng({ ...types, channels: 1 }));
    const { bytes, extension } = await encodeLabels(instances);
    const cells = join(folder, `${sample}.instances.${extension}`);
    writeFileSync(cells, bytes);
    return { ...(await put(sample, image)), truth: { classMap, instances: cells } };
  });
  return { cultures, mixtures: await Promise.all(mixtures) };
}
