import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoLines, drawCulture, drawMixture } from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';
import type { Raster } from '@cellmixer/pixels';

type Picture = Raster<Uint8Array>;

const fractions = Object.fromEntries(demoLines.map((line) => [line, 1 / demoLines.length]));
/** Mixtures are cut from larger pictures of this side; drawing each by itself would take longer than the rest. */
const SHEET = 1024;

/** Draws mixtures of `side` × `side` pixels, all of them different. @returns the files' paths */
export async function drawMixtures(
  folder: string,
  count: number,
  side: number,
  seed: number,
): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const size = { width: SHEET, height: SHEET };
  const sheets = [0, 1, 2].map((field) => drawMixture({ ...size, fractions, well: 1, field, seed }).image);
  const step = 16;
  const places = Math.floor((SHEET - side) / step) + 1;
  const paths: string[] = [];
  for (let i = 0; i < count; i++) {
    const sheet = sheets[i % sheets.length];
    // A walk over the whole sheet: neighbours in the list are not neighbours in the picture.
    const place = (Math.floor(i / sheets.length) * 37) % (places * places);
    const [x, y] = [step * (place % places), step * Math.floor(place / places)];
    if (sheet === undefined) continue;
    const path = join(folder, `mixture-${seed}-${i + 1}.png`);
    writeFileSync(path, await encodePng(cut(sheet, x, y, side)));
    paths.push(path);
  }
  return paths;
}

/** Two pictures of each line, by line. */
export async function drawCultures(folder: string, side: number): Promise<Map<string, string[]>> {
  mkdirSync(folder, { recursive: true });
  const cultures = new Map<string, string[]>();
  for (const line of demoLines) {
    const paths: string[] = [];
    for (const well of [1, 2]) {
      const path = join(folder, `${line}-${well}.png`);
      const { image } = drawCulture({ line, well, field: 1, seed: 5, width: side, height: side });
      writeFileSync(path, await encodePng(image));
      paths.push(path);
    }
    cultures.set(line, paths);
  }
  return cultures;
}

function cut(image: Picture, x: number, y: number, side: number): Picture {
  const data = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    const from = (y + row) * image.width + x;
    data.set(image.data.subarray(from, from + side), row * side);
  }
  return { width: side, height: side, channels: 1, data };
}
