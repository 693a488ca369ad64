/** `npm run docs:pictures`: walks the six steps and keeps what is seen on the way as pictures of `docs/users`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { encodeWebp, readFloatImage } from '@cellmixer/imaging';
import { type FloatImage, resampleArea } from '@cellmixer/pixels';

const root = resolve(import.meta.dirname, '../..');
const from = join(root, '.data', 'journeys');
const to = join(root, 'docs', 'users', 'pictures');
const WIDTH = 1200;
/** So much of a page (pixels of the browser) is shown at most, and at least where it has as much. */
const TALLEST = 1240;
const SHORTEST = 700;
/** Empty rows that a cut needs, and that stay below what is shown. */
const GAP = 24;

/** The pictures of the pages, and what the journey calls them. */
const pictures = {
  project: 'project',
  lines: 'step-1-lines',
  cultures: 'step-2-cultures',
  foreground: 'step-3-foreground',
  training: 'step-4-new-training',
  segmentation: 'step-5-segmentation',
  comparison: 'step-6-comparison',
};

const walk = spawnSync(
  process.execPath,
  [join(import.meta.dirname, 'main.ts'), 'six-steps', '--grep', 'by mouse', ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
if (walk.status !== 0) process.exit(walk.status ?? 1);
mkdirSync(to, { recursive: true });
for (const [name, step] of Object.entries(pictures)) {
  const seen = topOf(await readFloatImage(join(from, `${step}-light-1440.png`)));
  const height = Math.round((seen.height * WIDTH) / seen.width);
  const small = resampleArea(seen, WIDTH, height);
  const bytes = await encodeWebp({ ...small, data: Uint8Array.from(small.data, Math.round) }, 82);
  writeFileSync(join(to, `${name}.webp`), bytes);
  console.log(`${name}.webp  ${WIDTH} × ${height}  ${Math.round(bytes.length / 1000)} kB`);
}

/** The colours of the upper part of a picture, without its opacity, cut where nothing is cut through. */
function topOf({ width, height, data }: FloatImage): FloatImage {
  const isEmpty = (y: number) => {
    for (let channel = 0; channel < 3; channel++) {
      const from = (channel * height + y) * width;
      for (let x = 1; x < width; x++) if (data[from + x] !== data[from]) return false;
    }
    return true;
  };
  /** How many rows above `y` are empty. */
  const emptyAbove = (y: number) => {
    let rows = 0;
    while (rows < y && isEmpty(y - 1 - rows)) rows++;
    return rows;
  };
  const least = Math.min(height, SHORTEST);
  let end = Math.min(height, TALLEST);
  while (end > least && emptyAbove(end) < GAP) end--;
  if (end === least) end = Math.min(height, TALLEST);
  const kept = end - Math.max(0, emptyAbove(end) - GAP);
  const colours = new Float32Array(3 * width * kept);
  for (let channel = 0; channel < 3; channel++) {
    const from = channel * width * height;
    colours.set(data.subarray(from, from + width * kept), channel * width * kept);
  }
  return { width, height: kept, channels: 3, data: colours };
}
