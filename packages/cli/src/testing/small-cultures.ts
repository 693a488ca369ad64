import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoLine, drawCulture, drawMixture } from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';

const SIZE = { width: 192, height: 160 };

/** Draws pure cultures of two lines as `<folder>/<line>/<line>_A1.png` …, one picture a well. */
export async function writeSmallCultures(folder: string, wells: number): Promise<void> {
  for (const line of ['cobble', 'spindle'] satisfies DemoLine[]) {
    mkdirSync(join(folder, line), { recursive: true });
    for (let well = 0; well < wells; well++) {
      const { image } = drawCulture({ line, well, field: 0, seed: 3, ...SIZE });
      writeFileSync(join(folder, line, `${line}_A${well + 1}.png`), await encodePng(image));
    }
  }
}

/** Draws mixtures of the same lines as `<folder>/{images,masks_semantic,masks_instance}/mixture_B1.png` …. */
export async function writeSmallMixtures(folder: string, count: number): Promise<void> {
  for (const kind of ['images', 'masks_semantic', 'masks_instance'])
    mkdirSync(join(folder, kind), { recursive: true });
  for (let well = 0; well < count; well++) {
    const name = `mixture_B${well + 1}.png`;
    const drawn = drawMixture({ fractions: { cobble: 1, spindle: 1 }, well, field: 0, seed: 3, ...SIZE });
    const labels = Uint16Array.from(drawn.instances.data);
    writeFileSync(join(folder, 'images', name), await encodePng(drawn.image));
    writeFileSync(join(folder, 'masks_semantic', name), await encodePng({ ...drawn.types, channels: 1 }));
    writeFileSync(
      join(folder, 'masks_instance', name),
      await encodePng({ ...SIZE, channels: 1, data: labels }),
    );
  }
}
