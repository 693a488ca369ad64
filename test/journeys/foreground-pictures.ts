import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoLine, drawCulture } from '@cellmixer/demo-cultures';
import { encodePng, writeOmeTiffPyramid } from '@cellmixer/imaging';
import { createRandom } from '@cellmixer/pixels';

/** A picture of a pure culture, and as what its dataset is registered. */
export interface DrawnFile {
  readonly modality: 'PHASE_CONTRAST' | 'STAINED' | 'FLUORESCENCE';
  readonly path: string;
}

/** No multiple of a tile, and an odd width. */
const SIZE = { width: 813, height: 620 };

/**
 * One line seen in three ways: phase contrast as drawn (8 bits), stained (RGB) and fluorescent (two channels of 16
 * bits), the last two tinted by where the cells are.
 */
export async function drawForegroundPictures(folder: string): Promise<DrawnFile[]> {
  const draw = (line: DemoLine, well: number) => drawCulture({ line, well, field: 1, seed: 5, ...SIZE });
  const phase = { modality: 'PHASE_CONTRAST', path: join(folder, 'phase.png') } as const;
  writeFileSync(phase.path, await encodePng(draw('spindle', 1).image));

  const stained = { modality: 'STAINED', path: join(folder, 'stained.png') } as const;
  const smear = draw('cobble', 2);
  const [size, random] = [SIZE.width * SIZE.height, createRandom('stained')];
  const rgb = new Uint8Array(3 * size);
  for (const [c, [ground, cell]] of colours.entries()) {
    for (let i = 0; i < size; i++) {
      const texture = 0.25 * (smear.image.data[i]! - 128);
      const value = (smear.instances.data[i] === 0 ? ground : cell + texture) + 3 * random.normal();
      rgb[c * size + i] = Math.max(0, Math.min(255, Math.round(value)));
    }
  }
  writeFileSync(stained.path, await encodePng({ ...SIZE, channels: 3, data: rgb }));

  const fluorescent = { modality: 'FLUORESCENCE', path: join(folder, 'fluorescent.ome.tiff') } as const;
  const glow = draw('star', 3);
  const data = new Uint16Array(2 * size);
  for (const [c, light] of [1800, 700].entries()) {
    for (let i = 0; i < size; i++) {
      const texture = 1 + (glow.image.data[i]! - 128) / 200;
      const value = 310 + (glow.instances.data[i] === 0 ? 0 : light * texture) + 25 * random.normal();
      data[c * size + i] = Math.max(0, Math.round(value));
    }
  }
  await writeOmeTiffPyramid({
    path: fluorescent.path,
    picture: { ...SIZE, channels: 2, data },
    pixelSizeUm: 0.65,
  });
  return [phase, stained, fluorescent];
}

/** Red, green and blue: of the ground, and of a cell. */
const colours = [
  [232, 178],
  [221, 121],
  [228, 172],
] as const;
