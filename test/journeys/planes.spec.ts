import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFloatImage } from '@cellmixer/imaging';
import { gaussian } from '@cellmixer/pixels';
import { type StackPlane, stackFile } from '@cellmixer/test-data';
import { z } from 'zod';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { expect, test } from './journey.ts';
import { routeId } from './route-id.ts';
import { seedCultures } from './seed.ts';

test.setTimeout(600_000);

/** A drawn culture of 8 bits, out of focus by a Gaussian, and lit so much brighter. */
async function drawPlane(path: string, blur: number, light = 1): Promise<StackPlane> {
  const { width, height, data } = await readFloatImage(path);
  const grey = { width, height, data: data.slice(0, width * height) };
  const seen = blur === 0 ? grey : gaussian(grey, blur);
  return { width, height, data: Uint16Array.from(seen.data, (value) => Math.round(light * 16 * value)) };
}

/** A file of one page, with that page once more behind it. Its directory is the last that is written. */
function withSecondPage(file: Buffer): Buffer {
  const fields = 10;
  const directory = file.subarray(file.length - (2 + 12 * fields + 4));
  const both = Buffer.concat([file, directory]);
  both.writeUInt32LE(file.length, file.length - 4);
  return both;
}

test('a time series becomes a picture of each time point, and a stack its sharpest plane', async ({
  lab: page,
  server,
  look,
}) => {
  const { lab, project } = await seedCultures(server, 'Series');
  const input = { project, name: 'Day 1', modality: 'PHASE_CONTRAST' };
  const dataset = await lab.make('createDataset', input, 'dataset');
  const folder = mkdtempSync(join(tmpdir(), 'cm-planes-'));
  const { cultures } = await drawPictures(folder);
  const paths = cultures.flatMap(({ pictures }) => pictures.map(({ path }) => path));
  const drawn = (i: number, blur = 0, light = 1) => drawPlane(paths[i] ?? '', blur, light);
  const file = async (
    name: string,
    description: string,
    planes: readonly Promise<StackPlane>[],
    written?: string,
  ) => {
    const path = join(folder, name);
    writeFileSync(path, stackFile(description, await Promise.all(planes), written));
    return path;
  };
  const hourly = 'ImageJ=1.54f\nimages=3\nframes=3\nhyperstack=true\nfinterval=3600';
  const series = [drawn(0), drawn(0, 0, 0.9), drawn(0, 0, 0.8)];
  const stack = [3, 1.5, 0, 2, 4].map((blur) => drawn(1, blur));
  const files = [
    await file('A172_C7_followed_for_three_hours.tif', hourly, series),
    await file('A172_C8.tif', 'ImageJ=1.54f\nimages=5\nslices=5', stack, '2026:11:02 09:30:00'),
  ];

  const address = `${server.url}/projects/${routeId(project)}/datasets/${routeId(dataset)}`;
  await page.goto(address);
  await page.getByLabel('Files to upload').setInputFiles(files);
  await expect(page.getByText('2 files sent')).toBeVisible({ timeout: 120_000 });
  for (const n of [1, 2, 3])
    await expect(
      page.getByRole('link', { name: `A172_C7_followed_for_three_hours.tif · t ${n}` }),
    ).toBeVisible({ timeout: 120_000 });
  await look(page, 'planes-dataset');

  // The same files again: nothing is sent twice.
  await page.reload();
  await page.getByLabel('Files to upload').setInputFiles(files);
  await expect(page.getByText('2 were here already')).toBeVisible({ timeout: 120_000 });

  await page.getByText(/Select the 4 not labelled yet/).click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Label 4 pictures' }).click();
  await expect(page.getByText('4 pictures labelled')).toBeVisible();
  const labelled = z.object({ name: z.string(), sample: z.object({ name: z.string() }).nullable() });
  const images = await lab.list('Dataset', dataset, 'images', 'name sample { name }', labelled);
  expect(new Set(images.map(({ sample }) => sample?.name))).toEqual(
    new Set(['A172_C7_followed_for_three_hours', 'A172_C8']),
  );

  await page.getByRole('link', { name: 'three_hours.tif · t 2' }).click();
  await expect(page.getByText('2 of 3 in this file, 1 h after the first')).toBeVisible();
  await look(page, 'planes-time-point');
  await page.goto(address);
  await page.getByRole('link', { name: 'A172_C8.tif' }).click();
  await expect(page.getByText('plane 3 of 5, the sharpest')).toBeVisible();
  await expect(page.getByText('2 Nov 2026, 09:30, by the file’s own date')).toBeVisible();
  await look(page, 'planes-stack');

  // Pages of which nothing is said are not guessed at.
  await page.goto(address);
  const unsaid = await file('A172_C9_of_the_third_plate.tif', 'two pages', [drawn(2)]);
  writeFileSync(unsaid, withSecondPage(readFileSync(unsaid)));
  await page.getByLabel('Files to upload').setInputFiles(unsaid);
  await expect(page.getByText(/does not say whether they are/).first()).toBeVisible({ timeout: 120_000 });
  await look(page, 'planes-refused');
  await page.getByRole('link', { name: 'A172_C9_of_the_third_plate.tif' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Fiji' })).toBeVisible();
  await look(page, 'planes-refused-image');
  rmSync(folder, { recursive: true, force: true });
});
