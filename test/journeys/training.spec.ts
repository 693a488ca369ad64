import { expect, test } from './journey.ts';
import { routeId } from './route-id.ts';
import { seedCultures } from './seed.ts';

test.setTimeout(600_000);

test('a short training ends in a model, which is checked, taken along and accepted', async ({
  lab: page,
  server,
  look,
}) => {
  const { lab, project, version, lines } = await seedCultures(server, 'Short', 2);
  const classes = [...lines].map(([name, id]) => ({ name, cellLines: [id] }));
  const order = { project, name: 'Short', versions: [version], classes, preset: 'fast', steps: 4, seed: 1 };
  const run = await lab.make('createTrainingRun', order, 'trainingRun');
  const address = `${server.url}/projects/${routeId(project)}`;
  await page.goto(`${address}/runs/${routeId(run)}`);
  await expect(page.getByRole('link', { name: 'See the model' })).toBeVisible({ timeout: 300_000 });
  await expect(page.getByRole('img', { name: /New mixture 1, found after 4 steps/ })).toBeVisible();
  await look(page, 'training-done');
  await page.getByRole('link', { name: 'See the model' }).click();
  await expect(page.getByRole('heading', { name: 'Versions' })).toBeVisible();
  const verdict = page.getByRole('region', { name: 'Verdict' });
  await expect(verdict).toContainText('Not shown to work');
  await expect(verdict.locator('[data-check=SEED_SPREAD]')).toContainText('Not run');
  const nullSplit = verdict.locator('[data-check=NULL_SPLIT]');
  await nullSplit.getByRole('button', { name: 'Run this check' }).click();
  await expect(page.getByLabel('Line')).toContainText(/4 pictures of 2 replicates/);
  await look(page, 'null-split-start');
  await page.getByRole('button', { name: 'Start it' }).click();
  await expect(nullSplit.getByRole('link', { name: 'Watch it' })).toBeVisible();
  await look(page, 'model');
  // Four steps may teach too little to find a cell: then it fails, and says so.
  await expect(nullSplit.getByRole('link', { name: 'See its training' })).toBeVisible({ timeout: 300_000 });
  await expect(nullSplit).toContainText(/chance is 50 %|finds no cells/);
  await look(page, 'null-split-done');
  await nullSplit.getByRole('link', { name: 'See its training' }).click();
  await expect(page.getByText('Halves told apart')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Clone' })).toBeHidden();
  await look(page, 'null-split-run');
  await page.goBack();
  await page.getByRole('button', { name: 'Download' }).click();
  const file = page.getByRole('link', { name: /Model \(ONNX/ });
  await expect(file).toBeVisible();
  expect((await page.request.get((await file.getAttribute('href')) ?? '')).status()).toBe(200);
  await look(page, 'model-download');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Accept' }).first().click();
  await page.getByLabel('Why').fill('Good enough for a first look');
  await look(page, 'model-accept');
  await page.getByRole('button', { name: 'Accept', exact: true }).last().click();
  await expect(page.getByText('accepted').first()).toBeVisible();
});

// After it: the baseline of a training that is cancelled goes on.
test('a training is begun, watched, cancelled, resumed and cloned', async ({ lab: page, server, look }) => {
  const { project } = await seedCultures(server, 'Three lines');
  const address = `${server.url}/projects/${routeId(project)}`;
  await page.goto(`${address}/runs/new`);
  await expect(page.getByRole('heading', { name: 'New training' })).toBeVisible();
  await expect(page.getByText('Will take')).toBeVisible();
  await expect(page.getByText('Few cells')).toBeVisible();
  await look(page, 'training-new');
  await page.getByText('Recipe').click();
  await page.getByRole('spinbutton', { name: 'Steps' }).fill('600');
  await page.getByRole('button', { name: 'Start the training' }).click();
  await expect(page.getByRole('heading', { name: 'Three lines' })).toBeVisible();
  await expect(page.getByText('Runs', { exact: true }).first()).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('img', { name: /Loss/ }).locator('svg')).toBeVisible({ timeout: 240_000 });
  await expect(page.getByRole('img', { name: 'Mixture 1', exact: true })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByRole('list', { name: 'Log' })).toContainText('Training on');
  await look(page, 'training-runs');

  await page.getByRole('button', { name: 'Cancel' }).click();
  await look(page, 'training-cancel');
  await page.getByRole('button', { name: 'Cancel both' }).click();
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  await look(page, 'training-cancelled');
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Cancel both' }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();

  await page.getByRole('button', { name: 'Clone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Clone this training' });
  await expect(dialog.getByLabel('Seed')).toHaveValue('2');
  await look(page, 'training-clone');
  await dialog.getByLabel('Name').fill('Once more');
  await dialog.getByRole('button', { name: 'Start the clone' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Once more' })).toBeVisible();
  await expect(page.getByText('seed 2', { exact: true })).toBeVisible();
  await expect(page.getByText('of 600', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: /^Cancel (both|the training)$/ }).click();
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible();
});
