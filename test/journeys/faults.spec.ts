import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutate, uploadFiles } from '@cellmixer/api-client';
import { encodePng } from '@cellmixer/imaging';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { account, expect, test } from './journey.ts';
import { routeId } from './route-id.ts';
import { type Seeded, seedCultures, untilRead } from './seed.ts';

const LONG = 180_000;

test.setTimeout(600_000);

test('uploads that are cut off are named, and sent again without loss or doubles', async ({
  lab: page,
  server,
  look,
}) => {
  const { lab, project } = await seedCultures(server, 'Cut off');
  const input = { project, name: 'Through a bad cable', modality: 'PHASE_CONTRAST' };
  const dataset = await lab.make('createDataset', input, 'dataset');
  const folder = mkdtempSync(join(tmpdir(), 'cm-cut-'));
  const { cultures } = await drawPictures(folder);
  const files = cultures.flatMap(({ pictures }) => pictures.map(({ path }) => path));
  await page.goto(`${server.url}/projects/${routeId(project)}/datasets/${routeId(dataset)}`);

  // The cable is pulled out in the midst: what is on its way by then does not come through.
  let sent = 0;
  const cut = async (route: Parameters<Parameters<Page['route']>[1]>[0]) => {
    if (route.request().method() !== 'PUT' || ++sent <= 2) return route.fallback();
    return route.abort('internetdisconnected');
  };
  await page.route('**/*', cut);
  await page.getByLabel('Files to upload').setInputFiles(files);
  await expect(page.getByText('Not sent')).toHaveCount(files.length - 2, { timeout: LONG });
  await expect(page.getByText(/cannot be reached|did not answer/).first()).toBeVisible();
  await look(page, 'fault-upload');

  await page.unroute('**/*', cut);
  await page.getByRole('button', { name: /again/ }).click();
  await expect(page.getByText(`${files.length} files sent`)).toBeVisible({ timeout: LONG });
  await expect(page.getByRole('tab', { name: `Images (${files.length})` })).toBeVisible({ timeout: LONG });
  rmSync(folder, { recursive: true, force: true });
});

test('a training that cannot work says what, why, and what to do', async ({ lab: page, server, look }) => {
  const seeded = await seedCultures(server, 'In colour');
  const version = await addColourPicture(seeded);
  const run = await order(seeded, 'In colour', version, 8);
  await page.goto(`${server.url}/projects/${routeId(seeded.project)}/runs/${routeId(run)}`);
  const alert = page.getByRole('alert').filter({ hasText: 'The training has failed' });
  await expect(alert).toBeVisible({ timeout: LONG });
  await expect(alert).toContainText('"in-colour.png" were not taken alike: 1 and 3 channels');
  await expect(alert).toContainText('Leave out the pictures that are unlike the others');
  await look(page, 'fault-training');
  // Trying again does no harm, and says the same again.
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(alert).toBeHidden({ timeout: LONG });
  await expect(alert).toBeVisible({ timeout: LONG });
});

test('a lost connection is said; what went on meanwhile is read when it is back', async ({
  lab: page,
  server,
  look,
}) => {
  const seeded = await seedCultures(server, 'On a train');
  // The worker stands still until the page is cut off: all of the training happens behind its back.
  const worker = server.pidOf('worker');
  process.kill(worker, 'SIGSTOP');
  let run = '';
  try {
    run = await order(seeded, 'On a train', seeded.version, 8);
    // Once it has asked by itself, its scripts are there.
    const asked = page.waitForResponse((answer) => new URL(answer.url()).pathname === '/graphql');
    await page.goto(`${server.url}/projects/${routeId(seeded.project)}/runs/${routeId(run)}`);
    await asked;
    await expect(page.getByText('Waits', { exact: true }).first()).toBeVisible();
    await page.context().setOffline(true);
  } finally {
    process.kill(worker, 'SIGCONT');
  }
  const note = page.getByText('The server does not answer');
  await expect(note).toBeVisible({ timeout: LONG });
  await look(page, 'fault-connection');
  const { status } = await seeded.lab.ended('TrainingRun', run, 'status', z.object({ status: z.string() }));
  expect(status).toBe('SUCCEEDED');
  await expect(page.getByText('Waits', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'See the model' })).toBeHidden();
  await page.context().setOffline(false);
  await expect(note).toBeHidden();
  await expect(page.getByRole('link', { name: 'See the model' })).toBeVisible();
});

test('whose session has ended signs in over the page, and loses nothing of it', async ({
  page,
  own,
  look,
}) => {
  await page.goto(own.firstAccountUrl);
  await page.getByLabel('Your name').fill(account.name);
  await page.getByLabel('Lab').fill(account.lab);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('heading', { name: account.lab })).toBeVisible();
  await page.goto(`${own.url}/cell-lines`);
  await page.getByRole('button', { name: 'Register a line' }).click();
  const form = page.getByRole('dialog', { name: 'Register a line' });
  await form.getByLabel('Name').fill('HeLa');
  const register = form.getByRole('button', { name: 'Register', exact: true });
  const question = page.getByRole('dialog', { name: 'Sign in again' });

  // Who says no keeps the form, and is told why it was not sent.
  await page.context().clearCookies();
  await register.click();
  await expect(question.getByLabel('E-mail')).toHaveValue(account.email);
  await expect(question.getByLabel('Password')).toBeFocused();
  await look(page, 'fault-signed-out');
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await expect(form.getByRole('alert')).toContainText('Nobody is signed in');
  await expect(form.getByLabel('Name')).toHaveValue('HeLa');

  await register.click();
  await question.getByLabel('Password').fill('not this one');
  await question.getByRole('button', { name: 'Sign in' }).click();
  await expect(question.getByRole('alert')).toContainText('do not go together');
  await question.getByLabel('Password').fill(account.password);
  await question.getByRole('button', { name: 'Sign in' }).click();
  // What was refused is sent again by itself, and once only.
  await expect(question).toBeHidden();
  await expect(form).toBeHidden();
  await expect(page.getByRole('row').filter({ hasText: 'HeLa' })).toHaveCount(1);
  await expect(page).toHaveURL(`${own.url}/cell-lines`);

  // Another page than the one that is open: there is nothing to keep, and the way leads back.
  await page.context().clearCookies();
  await page.goto(`${own.url}/cell-lines`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${own.url}/cell-lines`);
  await expect(page.getByRole('heading', { name: 'Cell lines' })).toBeVisible();
});

test('a training outlives its worker, a segmentation the model server', async ({
  lab: page,
  server,
  look,
}) => {
  const seeded = await seedCultures(server, 'Power cut');
  const { lab } = seeded;
  const address = `${server.url}/projects/${routeId(seeded.project)}`;
  // With checkpoints after 25, 50 and 75 steps.
  const run = await order(seeded, 'Power cut', seeded.version, 80);
  await page.goto(`${address}/runs/${routeId(run)}`);
  const saved = z.object({ checkpointStep: z.number().nullable() });
  await expect
    .poll(async () => (await lab.look('TrainingRun', run, 'checkpointStep', saved)).checkpointStep ?? 0, {
      timeout: LONG,
    })
    .toBeGreaterThanOrEqual(25);
  process.kill(server.pidOf('worker'), 'SIGKILL');
  // Nothing is asked of the person: it is taken up by itself, from where it was last saved, and says so.
  const log = page.getByRole('list', { name: 'Log' });
  await expect(log).toContainText('Taken up again', { timeout: LONG });
  await expect(log).toContainText(/Going on from step (25|50|75) on/, { timeout: LONG });
  await expect(page.getByRole('link', { name: 'See the model' })).toBeVisible({ timeout: 300_000 });
  await look(page, 'fault-worker');
  const attempts = z.object({ attempts: z.array(z.object({ fromStep: z.number() })) });
  const done = await lab.look('TrainingRun', run, 'attempts { fromStep }', attempts);
  expect(done.attempts).toHaveLength(2);
  expect(done.attempts[1]?.fromStep).toBeGreaterThanOrEqual(25);

  await page.goto(`${address}/segmentation-runs/new`);
  await expect(page.getByText('Will take')).toBeVisible();
  // It answers nobody from here on; what is asked of it meanwhile is cut off with it.
  const inference = server.pidOf('inference');
  process.kill(inference, 'SIGSTOP');
  await page.getByRole('button', { name: 'Start the segmentation' }).click();
  await expect(page.getByText('Runs', { exact: true })).toBeVisible({ timeout: LONG });
  process.kill(inference, 'SIGKILL');
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: LONG });
  await expect(page.getByText('Not segmented')).toHaveCount(0);
  await look(page, 'fault-outlived');
});

test('a segmentation that is cancelled says what was left, and does it later', async ({
  lab: page,
  server,
  look,
}) => {
  const seeded = await seedCultures(server, 'Second thoughts');
  const run = await order(seeded, 'Second thoughts', seeded.version, 8);
  await seeded.lab.ended('TrainingRun', run, 'status', z.object({ status: z.literal('SUCCEEDED') }));
  await page.goto(`${server.url}/projects/${routeId(seeded.project)}/segmentation-runs/new`);
  await expect(page.getByText('Will take')).toBeVisible();
  const inference = server.pidOf('inference');
  process.kill(inference, 'SIGSTOP');
  try {
    await page.getByRole('button', { name: 'Start the segmentation' }).click();
    await expect(page.getByText('Runs', { exact: true })).toBeVisible({ timeout: LONG });
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Cancel the segmentation' }).click();
    await expect(page.getByText('Cancelled', { exact: true })).toBeVisible({ timeout: LONG });
    await expect(page.getByRole('heading', { name: 'Not segmented' })).toBeVisible();
    await look(page, 'fault-cancelled');
  } finally {
    process.kill(inference, 'SIGCONT');
  }
  await page.getByRole('button', { name: 'Try all again' }).click();
  await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: LONG });
  await expect(page.getByText('Not segmented')).toHaveCount(0);
});

/** Orders a short training on a snapshot, a class for each line. @returns the run's id */
function order({ lab, project, lines }: Seeded, name: string, version: string, steps: number) {
  const classes = [...lines].map(([line, id]) => ({ name: line, cellLines: [id] }));
  const input = {
    project,
    name,
    versions: [version],
    classes,
    preset: 'fast',
    steps,
    seed: 1,
    withBaseline: false,
  };
  return lab.make('createTrainingRun', input, 'trainingRun');
}

/** A picture in colour among grey ones, as a wrong export gives it. @returns a snapshot with it */
async function addColourPicture({ lab, dataset, lines }: Seeded): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cm-colour-'));
  const path = join(folder, 'in-colour.png');
  const [width, height] = [320, 256];
  const data = new Uint8Array(3 * width * height).map((_, i) => 90 + ((i * 7919) % 61));
  writeFileSync(path, await encodePng({ width, height, channels: 3, data }));
  const [sent] = await uploadFiles(lab.client, dataset, [path]);
  const [line] = lines.values();
  const labels = [{ sample: 'In colour', images: [sent?.imageId], cellLines: [line] }];
  await mutate(lab.client, 'labelImages', { dataset, labels }, 'images { id }', z.unknown());
  await untilRead(lab, dataset);
  rmSync(folder, { recursive: true, force: true });
  return lab.make('snapshotDataset', { dataset }, 'version');
}
