import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab, runMainJob } from '@cellmixer/api-client';
import { encodePng } from '@cellmixer/imaging';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { account, expect, test } from './journey.ts';
import { placeOnPlate } from './place-on-plate.ts';
import { routeId } from './route-id.ts';

test.setTimeout(900_000);

test('mixtures are segmented, looked at cell by cell, and two models are compared', async ({
  lab: page,
  server,
  look,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'cm-results-'));
  const lab = await Lab.signIn(server.url, account);
  const pictures = await drawPictures(folder);
  const made = await runMainJob(lab, {
    project: 'Mixtures',
    modality: 'PHASE_CONTRAST',
    ...pictures,
    training: { name: 'Three lines', preset: 'fast', steps: 12, seed: 1 },
  });
  await placeOnPlate(lab, made.project);
  const address = `${server.url}/projects/${routeId(made.project)}`;

  await page.goto(`${address}/segmentation-runs/new`);
  await expect(page.getByText('Will take')).toBeVisible();
  await look(page, 'segmentation-new');
  await page.getByRole('button', { name: 'Start the segmentation' }).click();
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByRole('img', { name: 'Share of cells' }).locator('svg')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Measured against seeded' }).locator('svg')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Over dose in µM' }).locator('svg')).toBeVisible();
  await look(page, 'segmentation-run');
  await page.getByRole('button', { name: /^B1: / }).click();
  await expect(page.getByText('Only 1 selected sample below.')).toBeVisible();
  await expect(page.getByRole('link', { name: /mixture_B/ })).toHaveCount(1);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByRole('button', { name: 'Export everything' }).click();
  const packed = page.getByRole('link', { name: /Download ZIP/ });
  await expect(packed).toBeVisible({ timeout: 120_000 });
  const zip = await page.request.get((await packed.getAttribute('href')) ?? '');
  expect((await zip.body()).subarray(0, 2).toString()).toBe('PK');

  await page
    .getByRole('link', { name: /mixture_B/ })
    .first()
    .click();
  await expect(page.locator('[role=application][data-ready=true]')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('heading', { name: 'Cells' })).toBeVisible();
  await look(page, 'segmentation');
  await page.getByRole('button', { name: '1', exact: true }).click();
  await expect(page).toHaveURL(/v=c/);
  await page.locator('h1').click();
  await page.keyboard.press('n');
  await expect(page.getByText('2 of 2')).toBeVisible();

  await page.getByRole('link', { name: 'The image' }).click();
  await expect(page.locator('[role=application][data-ready=true]')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('list', { name: 'Ground truth' })).toContainText('class map');
  await look(page, 'image');
  // Grey values are no classes: the picture itself is no truth of it.
  await page.getByLabel('Map', { exact: true }).setInputFiles(pictures.mixtures[0]?.path ?? '');
  await page.getByRole('button', { name: 'Upload the map' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible({ timeout: 120_000 });
  await look(page, 'image-truth-refused');
  await page.getByLabel('Map', { exact: true }).setInputFiles(await halfMap(folder));
  await page.getByRole('button', { name: 'Upload the map' }).click();
  await expect(page.getByText('Accepted', { exact: true })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('list', { name: 'Ground truth' }).getByRole('listitem')).toHaveCount(3);
  await page
    .getByRole('link', { name: 'Next image (N)' })
    .or(page.getByRole('link', { name: 'Previous image (P)' }))
    .first()
    .click();
  await expect(page.getByRole('list', { name: 'Ground truth' }).getByRole('listitem')).toHaveCount(2);

  await page.goto(`${address}/comparisons/new`);
  await expect(page.getByRole('heading', { name: 'New comparison' })).toBeVisible();
  await look(page, 'comparison-new');
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(page.locator('[data-verdict]')).toBeVisible({ timeout: 240_000 });
  await expect(page.locator('[role=application][data-ready=true]')).toHaveCount(2, { timeout: 120_000 });
  await look(page, 'comparison');
  await page.getByLabel('Over each other').check();
  await expect(page.locator('[role=application][data-ready=true]')).toHaveCount(1, { timeout: 120_000 });
  await look(page, 'comparison-over');
  await page.getByRole('button', { name: 'Accept one' }).click();
  await page.getByLabel('Why').fill('Finds all three lines');
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(page.getByText('Finds all three lines')).toBeVisible();
  rmSync(folder, { recursive: true, force: true });
});

/** As large as the pictures, its left half of the first line. */
async function halfMap(folder: string): Promise<string> {
  const path = join(folder, 'half.png');
  const data = Uint8Array.from({ length: 320 * 256 }, (_, i) => (i % 320 < 160 ? 1 : 0));
  writeFileSync(path, await encodePng({ width: 320, height: 256, channels: 1, data }));
  return path;
}
