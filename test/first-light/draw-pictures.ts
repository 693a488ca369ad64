import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoLines, drawCulture, drawMixture } from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';

/** Small pictures of the demo cultures, three wells each, and mixtures of them. @returns paths by culture */
export async function drawPictures(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const size = { field: 1, width: 320, height: 256 };
  const paths = new Map<string, string[]>();
  const put = async (culture: string, well: number, image: Parameters<typeof encodePng>[0]) => {
    const path = join(folder, culture, `${culture}_${well}.png`);
    mkdirSync(join(folder, culture), { recursive: true });
    writeFileSync(path, await encodePng(image));
    paths.set(culture, [...(paths.get(culture) ?? []), path]);
  };
  for (let well = 1; well <= 2; well++) {
    for (const line of demoLines) await put(line, well, drawCulture({ ...size, line, well, seed: 5 }).image);
    const fractions = Object.fromEntries(demoLines.map((line) => [line, 1 / demoLines.length]));
    await put('mixed', well, drawMixture({ ...size, fractions, well, seed: 6 }).image);
  }
  return paths;
}
