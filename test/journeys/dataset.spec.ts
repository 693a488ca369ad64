import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { beginProject } from './begin-project.ts';
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

test('lines that the file names bring along are named before they are registered', async ({
  lab: page,
  session,
  server,
  look,
}) => {
  expect(session.length).toBeGreaterThan(0);
  const { lab, addDataset } = await beginProject(server, 'Lines by name');
  const { address } = await addDataset('Plate 9');
  const folder = mkdtempSync(join(tmpdir(), 'cm-new-lines-'));
  const { cultures } = await drawPictures(folder);
  const drawn = cultures.flatMap(({ pictures }) => pictures.map(({ path }) => path));
  const files = ['Newcomer_A1.png', 'Newcomer_A2.png', 'Overview_B1.png'].map((name, i) => {
    const path = join(folder, name);
    copyFileSync(drawn[i] ?? '', path);
    return path;
  });
  await page.goto(address);
  await page.getByLabel('Files to upload').setInputFiles(files);
  await expect(page.getByText('3 files sent')).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('being read')).toHaveCount(0, { timeout: 120_000 });
  await expect(page.getByLabel('Or read it from the file names')).toHaveValue('{line}_{well}');
  const fill = page.getByRole('button', { name: 'Fill the samples' });
  const dialog = page.getByRole('dialog', { name: '2 cell lines are new and will be registered' });
  await fill.click();
  await expect(dialog.getByRole('listitem')).toHaveText(['Newcomer', 'Overview']);
  await look(page, 'dataset-new-lines');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Select the 3 not labelled yet')).toBeVisible();
  const named = z.object({ id: z.string(), name: z.string() });
  const registered = async () =>
    (await lab.list('Organization', lab.organization, 'cellLines', 'id name', named))
      .map(({ name }) => name)
      .filter((name) => ['Newcomer', 'Overview'].includes(name))
      .toSorted();
  expect(await registered()).toEqual([]);

  await fill.click();
  await dialog.getByRole('button', { name: 'Register and fill' }).click();
  await expect(page.getByText('3 samples filled from the names')).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(await registered()).toEqual(['Newcomer', 'Overview']);
  rmSync(folder, { recursive: true, force: true });
});
