import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { demoLines, drawCulture } from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';
import { realData } from '@cellmixer/test-data';

export interface BenchPictures {
  readonly paths: readonly string[];
  /** What they are, for people. */
  readonly what: string;
}

/** Real pictures, over again where there are fewer than `count`; drawn ones where there are none. */
export async function gatherPictures(folder: string, count: number): Promise<BenchPictures> {
  mkdirSync(folder, { recursive: true });
  const real = listReal();
  const sources = real.length > 0 ? real : await draw(folder, Math.min(count, 24));
  const paths = Array.from({ length: count }, (_, i) => {
    const source = sources[i % sources.length] ?? '';
    const path = join(folder, `picture-${i + 1}${extname(source)}`);
    copyFileSync(source, path);
    return path;
  });
  const what = real.length > 0 ? `of ${real.length} LIVECell fields` : 'drawn (no real pictures are at hand)';
  return { paths, what };
}

function listReal(): string[] {
  const data = realData('livecell8');
  if (data === null) return [];
  return readdirSync(join(data, 'dev', 'homogeneous'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /images\/.*\.(tif|tiff|png)$/.test(name))
    .map((name) => join(data, 'dev', 'homogeneous', name))
    .sort();
}

async function draw(folder: string, count: number): Promise<string[]> {
  const paths: string[] = [];
  for (let i = 0; i < count; i++) {
    const line = demoLines[i % demoLines.length] ?? 'cobble';
    const { image } = drawCulture({ line, well: i, field: 0, seed: 1, width: 704, height: 520 });
    const path = join(folder, `drawn-${i}.png`);
    writeFileSync(path, await encodePng(image));
    paths.push(path);
  }
  return paths;
}
