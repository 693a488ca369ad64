import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MainJob, PictureFile } from '@cellmixer/api-client';
import { demoLines, drawCulture, drawMixture } from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';

const WELLS = [1, 2];

/** Small pictures of the demo cultures, two wells each, and mixtures of them. */
export async function drawPictures(folder: string): Promise<Pick<MainJob, 'cultures' | 'mixtures'>> {
  const size = { field: 1, width: 320, height: 256 };
  mkdirSync(folder, { recursive: true });
  const put = async (sample: string, image: Parameters<typeof encodePng>[0]): Promise<PictureFile> => {
    const path = join(folder, `${sample}.png`);
    writeFileSync(path, await encodePng(image));
    return { path, sample };
  };
  const cultures: MainJob['cultures'][number][] = [];
  for (const line of demoLines) {
    const pictures = WELLS.map((well) =>
      put(`${line}_A${well}`, drawCulture({ ...size, line, well, seed: 5 }).image),
    );
    cultures.push({ line, pictures: await Promise.all(pictures) });
  }
  const fractions = Object.fromEntries(demoLines.map((line) => [line, 1 / demoLines.length]));
  const mixtures = WELLS.map((well) =>
    put(`mixture_B${well}`, drawMixture({ ...size, fractions, well, seed: 6 }).image),
  );
  return { cultures, mixtures: await Promise.all(mixtures) };
}
