import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Culture } from '@cellmixer/cellmixer';
import { demoLines, drawCulture } from '@cellmixer/demo-cultures';
import { listImages, readImageSource } from '@cellmixer/imaging';

/** The training pictures of a set: those without a drawn mask, or all where the set tests on its own mixtures. */
export async function readCultures(folder: string, types: readonly string[]): Promise<Culture[]> {
  return await Promise.all(types.map((type) => readCulture(folder, type)));
}

async function readCulture(folder: string, type: string): Promise<Culture> {
  const own = join(folder, 'homogeneous', type);
  const masks = join(own, 'masks_instance');
  const tests = existsSync(join(folder, 'mixed')) || !existsSync(masks) ? [] : await listImages(masks);
  const taken = new Set(tests.map(stem));
  const paths = (await listImages(join(own, 'images'))).filter((path) => !taken.has(stem(path)));
  return { type, images: await Promise.all(paths.map((path) => readImageSource(path))) };
}

function stem(path: string): string {
  return basename(path).replace(/\.[^.]+$/, '');
}

/** The demo's made-up lines, a few wells of each: what is there on every machine. */
export function drawDemoCultures(wells = 3): Culture[] {
  return demoLines.map((line) => ({
    type: line,
    images: Array.from({ length: wells }, (_, well) => {
      const { image } = drawCulture({ line, well, field: 0, seed: 1 });
      return {
        id: `${line}/${well}`,
        name: `${line} well ${well}`,
        width: image.width,
        height: image.height,
        channels: image.channels,
        maxValue: 255,
        pixelSizeUm: null,
        sample: String(well),
        read: async () => ({ ...image, data: Float32Array.from(image.data) }),
      };
    }),
  }));
}
