/**
 * `npm run docs:pictures`: walks the six steps and keeps what is seen on the way as pictures of `docs/users`, and the
 * report of the last demo on this machine as that of the README.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeWebp, readFloatImage } from '@cellmixer/imaging';
import { type FloatImage, resampleArea } from '@cellmixer/pixels';
import { chromium } from '@playwright/test';
import { browserOptions } from './browser-options.ts';
import { demandChromium } from './find-chromium.ts';

const root = resolve(import.meta.dirname, '../..');
const from = join(root, '.data', 'journeys');
const to = join(root, 'docs', 'users', 'pictures');
const WIDTH = 1200;
/** So much of a page (pixels of the browser) is shown at most, and at least where it has as much. */
const TALLEST = 1240;
const SHORTEST = 700;
/** Empty rows that a cut needs, and that stay below what is shown. */
const GAP = 24;
/** The same of the report, whose pictures stand close together. */
const REPORT_GAP = 10;
const REPORT_WIDTH = 1080;

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
for (const [name, step] of Object.entries(pictures))
  await keep(join(from, `${step}-light-1440.png`), join(to, `${name}.webp`));
const report = join(root, '.data', 'demo', 'report.html');
if (existsSync(report)) await keep(await photograph(report), join(root, 'docs', 'report.webp'), REPORT_GAP);
else console.log('docs/report.webp stays: no demo has run here (`npm run demo -- --once`).');

/** A page that lies on this machine, whole, as a file. */
async function photograph(html: string): Promise<string> {
  const browser = await chromium.launch(browserOptions(demandChromium()));
  try {
    const page = await browser.newPage({ viewport: { width: REPORT_WIDTH, height: SHORTEST } });
    await page.goto(pathToFileURL(html).href);
    const file = join(from, 'report.png');
    await page.screenshot({ path: file, fullPage: true });
    return file;
  } finally {
    await browser.close();
  }
}

/** Keeps the upper part of a picture, smaller. */
async function keep(picture: string, file: string, gap = GAP): Promise<void> {
  const seen = topOf(await readFloatImage(picture), gap);
  const height = Math.round((seen.height * WIDTH) / seen.width);
  const small = resampleArea(seen, WIDTH, height);
  const bytes = await encodeWebp({ ...small, data: Uint8Array.from(small.data, Math.round) }, 82);
  writeFileSync(file, bytes);
  console.log(`${relative(root, file)}  ${WIDTH} × ${height}  ${Math.round(bytes.length / 1000)} kB`);
}

/** The colours of the upper part of a picture, without its opacity, cut where nothing is cut through. */
function topOf({ width, height, data }: FloatImage, gap: number): FloatImage {
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
  while (end > least && emptyAbove(end) < gap) end--;
  if (end === least) end = Math.min(height, TALLEST);
  const kept = end - Math.max(0, emptyAbove(end) - gap);
  const colours = new Float32Array(3 * width * kept);
  for (let channel = 0; channel < 3; channel++) {
    const from = channel * width * height;
    colours.set(data.subarray(from, from + width * kept), channel * width * kept);
  }
  return { width, height: kept, channels: 3, data: colours };
}
