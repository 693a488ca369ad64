/** `npm run docs:pictures`: walks the six steps and keeps what is seen on the way as pictures of `docs/users`. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { encodeWebp, readFloatImage } from '@cellmixer/imaging';
import { resampleArea } from '@cellmixer/pixels';

const root = resolve(import.meta.dirname, '../..');
const from = join(root, '.data', 'journeys');
const to = join(root, 'docs', 'users', 'pictures');
const WIDTH = 1200;

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
  const seen = await readFloatImage(join(from, `${step}-light-1440.png`));
  const height = Math.round((seen.height * WIDTH) / seen.width);
  const small = resampleArea(
    { ...seen, channels: 3, data: seen.data.subarray(0, 3 * seen.width * seen.height) },
    WIDTH,
    height,
  );
  const bytes = await encodeWebp({ ...small, data: Uint8Array.from(small.data, Math.round) }, 82);
  writeFileSync(join(to, `${name}.webp`), bytes);
  console.log(`${name}.webp  ${WIDTH} × ${height}  ${Math.round(bytes.length / 1000)} kB`);
}
