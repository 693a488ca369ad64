import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { expect, test } from './journey.ts';
import { routeId } from './route-id.ts';
import { seedCultures } from './seed.ts';

test.setTimeout(600_000);

test('pictures are uploaded, labelled, looked through and frozen; a broken one is named', async ({
  lab: page,
  server,
  look,
}) => {
  // The lines are registered by the seed; its dataset stays as it is.
  const { lab, project } = await seedCultures(server, 'Uploads');
  const input = { project, name: 'By hand', modality: 'PHASE_CONTRAST' };
  const dataset = await lab.make('createDataset', input, 'dataset');
  const folder = mkdtempSync(join(tmpdir(), 'cm-dataset-'));
  const { cultures } = await drawPictures(folder);
  const files = cultures.flatMap(({ pictures }) => pictures.map(({ path }) => path));
  const broken = join(folder, 'broken.png');
  writeFileSync(broken, 'no picture at all');

  await page.goto(`${server.url}/projects/${routeId(project)}/datasets/${routeId(dataset)}`);
  await look(page, 'dataset-empty');
  await page.getByLabel('Files to upload').setInputFiles([...files, broken]);
  await expect(page.getByText(`${files.length + 1} files sent`)).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('cannot be read').first()).toBeVisible({ timeout: 120_000 });
  await look(page, 'dataset-uploaded');

  await page.getByText(/Select the \d+ not labelled yet/).click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: `Label ${files.length} pictures` }).click();
  await expect(page.getByText(`${files.length} pictures labelled`)).toBeVisible();
  await look(page, 'dataset-labelled');

  await page.getByRole('tab', { name: /Snapshots/ }).click();
  await page.getByRole('button', { name: 'Take a snapshot' }).click();
  await expect(page.getByText('Snapshot 1', { exact: true })).toBeVisible();
  await look(page, 'dataset-snapshots');

  await page.goto(`${server.url}/projects/${routeId(project)}/datasets/${routeId(dataset)}/foreground`);
  await expect(page.getByRole('img', { name: /Outline/ }).first()).toBeVisible({ timeout: 120_000 });
  await look(page, 'foreground');
  await page
    .getByRole('button', { name: /Leave .* out/ })
    .first()
    .click();
  await expect(page.getByText('Left out').first()).toBeVisible();
});
