import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lab, runMainJob } from '@cellmixer/api-client';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { account, expect, test } from './journey.ts';
import { routeId } from './route-id.ts';

test.setTimeout(900_000);

test('mixtures are segmented, looked at cell by cell, and two models are compared', async ({
  lab: page,
  server,
  look,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'cm-results-'));
  const lab = await Lab.signIn(server.url, account);
  const made = await runMainJob(lab, {
    project: 'Mixtures',
    modality: 'PHASE_CONTRAST',
    ...(await drawPictures(folder)),
    training: { name: 'Three lines', preset: 'fast', steps: 40, seed: 1 },
  });
  rmSync(folder, { recursive: true, force: true });
  const address = `${server.url}/projects/${routeId(made.project)}`;

  await page.goto(`${address}/segmentation-runs/new`);
  await expect(page.getByText('Will take')).toBeVisible();
  await look(page, 'segmentation-new');
  await page.getByRole('button', { name: 'Start the segmentation' }).click();
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: 240_000 });
  await expect(page.getByRole('img', { name: 'Share of cells' }).locator('svg')).toBeVisible();
  await look(page, 'segmentation-run');
  await page.getByRole('button', { name: 'Export everything' }).click();
  await expect(page.getByRole('link', { name: /Download ZIP/ })).toBeVisible({ timeout: 120_000 });

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
});
