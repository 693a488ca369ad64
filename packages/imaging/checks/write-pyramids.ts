/**
 * Writes pyramids of several kinds into a folder, with their exact pixels beside them, for `check_pyramids.py`:
 * `node checks/write-pyramids.ts FOLDER && python checks/check_pyramids.py FOLDER`.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '@cellmixer/pixels';
import { type OmeTiffOptions, writeOmeTiffPyramid } from '../src/index.ts';

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder to write into');

const kinds = [
  { name: 'grey-uint8', size: [1500, 1100, 1], Type: Uint8Array },
  { name: 'rgb-uint8', size: [1531, 1027, 3], Type: Uint8Array },
  {
    name: 'stains-uint8',
    size: [700, 600, 3],
    Type: Uint8Array,
    channelNames: ['DAPI', 'α-Tubulin <488> & "µ"', null],
  },
  { name: 'grey-uint16', size: [2100, 1300, 1], Type: Uint16Array, significantBits: 12 },
  { name: 'grey-uint16-big', size: [2100, 1300, 1], Type: Uint16Array, bigTiff: true },
  { name: 'stains-uint16', size: [1100, 1024, 4], Type: Uint16Array, channelNames: ['a', 'b', 'c', 'd'] },
  { name: 'labels-int32', size: [1040, 530, 1], Type: Int32Array, reduction: 'nearest' },
  { name: 'grey-uint32', size: [600, 30, 1], Type: Uint32Array },
  { name: 'grey-int16', size: [600, 700, 1], Type: Int16Array },
  { name: 'floats', size: [1100, 600, 3], Type: Float32Array },
  { name: 'floats-big', size: [1100, 600, 1], Type: Float32Array, bigTiff: true },
  { name: 'doubles', size: [600, 520, 1], Type: Float64Array },
  { name: 'one-pixel', size: [1, 1, 1], Type: Uint16Array, pixelSizeUm: null },
  { name: 'one-row', size: [1300, 1, 1], Type: Uint8Array },
] as const satisfies readonly (Partial<OmeTiffOptions> & {
  name: string;
  size: readonly number[];
  Type: unknown;
})[];

const facts = [];
for (const { name, size, Type, ...settings } of kinds) {
  const [width, height, channels] = size;
  const random = createRandom(name);
  const data = new Type(width * height * channels);
  for (let i = 0; i < data.length; i++) data[i] = 120 + 80 * Math.sin((i % width) / 60) + random.normal() * 9;
  const options = { name, pixelSizeUm: 0.32528, ...settings };
  const picture = { width, height, channels, data };
  const { levels, bigTiff } = await writeOmeTiffPyramid({
    ...options,
    path: join(folder, `${name}.ome.tif`),
    picture,
  });
  await writeFile(join(folder, `${name}.raw`), new Uint8Array(data.buffer));
  facts.push({ ...options, width, height, channels, levels, bigTiff, reduction: 'mean', ...settings });
}
await writeFile(join(folder, 'facts.json'), JSON.stringify(facts));
