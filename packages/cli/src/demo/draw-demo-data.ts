import { join } from 'node:path';
import {
  type DemoLine,
  type DrawnPicture,
  demoLines,
  drawCulture,
  drawMixture,
} from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';
import { writeAtomically } from '../files/atomic-write.ts';
import { readCultures } from '../files/read-cultures.ts';
import type { DemoData } from './demo-data.ts';
import { readMixtures } from './read-mixtures.ts';

const WELLS = 6;
/** Parts of cobble, spindle and star in the mixtures, one well each. */
const MIXTURES: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [2, 1, 1],
  [1, 3, 1],
  [1, 1, 4],
  [1, 1, 0],
  [0, 1, 2],
  [4, 0, 1],
  [1, 2, 2],
];

/**
 * Draws the demo's pictures into a folder, as a lab would lay its own there for `--images`, and reads them back:
 * <line>/… and mixed/{images,masks_semantic,masks_instance}.
 */
export async function drawDemoData(
  folder: string,
  seed: number,
  onProgress: (share: number) => void,
): Promise<DemoData> {
  const total = demoLines.length * WELLS + MIXTURES.length;
  let done = 0;
  for (const line of demoLines) {
    for (let well = 0; well < WELLS; well++) {
      const { image } = drawCulture({ line, well, field: 0, seed });
      await writeAtomically(join(folder, line, `${line}_${wellName('A', well)}.png`), await encodePng(image));
      onProgress(++done / total);
    }
  }
  for (const [well, parts] of MIXTURES.entries()) {
    const fractions: Partial<Record<DemoLine, number>> = {};
    demoLines.forEach((line, k) => {
      fractions[line] = parts[k] ?? 0;
    });
    await writeMixture(
      join(folder, 'mixed'),
      `mixture_${wellName('B', well)}`,
      drawMixture({ fractions, well, field: 0, seed }),
    );
    onProgress(++done / total);
  }
  const { cultures, notes } = await readCultures(folder);
  const mixtures = await readMixtures(join(folder, 'mixed'), cultures);
  return { name: 'Demo', truth: 'drawn', modality: 'transmitted', folder, cultures, mixtures, notes };
}

function wellName(row: string, well: number): string {
  return `${row}${well + 1}`;
}

/** Classes are numbered in the alphabetical order of the lines, which is the order that they are read in. */
async function writeMixture(folder: string, stem: string, { image, types, instances }: DrawnPicture) {
  await writeAtomically(join(folder, 'images', `${stem}.png`), await encodePng(image));
  await writeAtomically(
    join(folder, 'masks_semantic', `${stem}.png`),
    await encodePng({ ...types, channels: 1 }),
  );
  const labels = Uint16Array.from(instances.data);
  await writeAtomically(
    join(folder, 'masks_instance', `${stem}.png`),
    await encodePng({ ...instances, channels: 1, data: labels }),
  );
}
