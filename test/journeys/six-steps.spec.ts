import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { drawPictures } from '../first-light/draw-pictures.ts';
import { type Hand, keyboardOf, mouseOf } from './hand.ts';
import { account, expect, type Journey, test } from './journey.ts';
import type { JourneyServer } from './start-server.ts';

/** A training on two cores, while others use them. */
const LONG = 300_000;

const LINES = ['cobble', 'spindle'] as const;
const PROJECT = 'Who outgrows whom';
const DATASET = 'Plate 1';

test.setTimeout(1_200_000);

test('from an empty lab to a number, by mouse', async ({ page, own, look }) => {
  await takeSixSteps(page, own, mouseOf(page), (name) => lookUnnoticed(page, look, name));
});

test('from an empty lab to a number, by keyboard alone', async ({ page, own, look }) => {
  await takeSixSteps(page, own, keyboardOf(page), (name) => lookUnnoticed(page, look, `keyboard-${name}`));
});

/** Once what was told in the corner has gone. */
async function lookUnnoticed(page: Page, look: Journey['look'], name: string): Promise<void> {
  const notices = page.getByRole('region', { name: 'Notices' }).getByRole('button', { name: 'Dismiss' });
  await expect(notices).toHaveCount(0);
  await look(page, name);
}

/** The six steps, as a lab takes them that has just installed this. `show` is called at what is worth a picture. */
async function takeSixSteps(
  page: Page,
  server: JourneyServer,
  hand: Hand,
  show: (name: string) => Promise<void>,
): Promise<void> {
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true });
  const field = (name: string) => page.getByRole('dialog').getByLabel(name);
  const step = (name: string) => page.getByRole('list', { name: /path/ }).getByRole('link', { name });
  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const toProject = async () => {
    await hand.press(link(PROJECT).first());
    await expect(heading(PROJECT)).toBeVisible();
  };
  const folder = mkdtempSync(join(tmpdir(), 'cm-six-steps-'));
  const { cultures, mixtures } = await drawPictures(folder, LINES);
  const pure = cultures.flatMap(({ pictures }) => pictures.map(({ path }) => path));
  const mixed = mixtures.map(({ path }) => path);

  // An account, and with it the lab.
  await page.goto(server.firstAccountUrl);
  await hand.write(page.getByLabel('Your name'), account.name);
  await hand.write(page.getByLabel('Lab'), account.lab);
  await hand.write(page.getByLabel('E-mail'), account.email);
  await hand.write(page.getByLabel('Password'), account.password);
  await hand.press(button('Make the account'));
  await expect(heading(account.lab)).toBeVisible();

  // 1: the lines.
  await hand.press(link('Cell lines'));
  for (const line of LINES) {
    await hand.press(button('Register a line'));
    await hand.write(field('Name'), line);
    await hand.press(button('Register'));
    await expect(page.getByRole('cell', { name: line })).toBeVisible();
  }
  await show('step-1-lines');

  // A project, and a dataset for the pictures of one plate.
  await hand.press(link('Home'));
  await hand.press(button('New project'));
  await hand.write(field('Name'), PROJECT);
  await hand.press(button('Create'));
  await expect(heading(PROJECT)).toBeVisible();
  await show('project');
  await hand.press(button('New dataset'));
  await hand.write(field('Name'), DATASET);
  await hand.press(button('Create'));
  await expect(heading(DATASET)).toBeVisible();

  // 2: pictures of each line alone, whose names say which line they show.
  const bring = async (files: readonly string[]) => {
    await hand.bring(files, page.getByRole('region', { name: 'Upload' }), button('Choose files'));
    await expect(page.getByText(`${files.length} files sent`)).toBeVisible({ timeout: LONG });
    await expect(page.getByText('being read')).toHaveCount(0, { timeout: LONG });
  };
  await bring(pure);
  await expect(page.getByLabel('Or read it from the file names')).toHaveValue('{line}_{well}');
  await hand.press(button('Fill the samples'));
  await expect(page.getByText(`${pure.length} samples filled`)).toBeVisible();
  await show('step-2-cultures');

  // 3: what was found to be cell.
  await toProject();
  await hand.press(step('Check foreground'));
  await expect(heading('Foreground')).toBeVisible();
  await expect(page.getByText('being looked through')).toHaveCount(0, { timeout: LONG });
  await expect(page.getByRole('img', { name: /Outline/ })).toHaveCount(pure.length, { timeout: LONG });
  await show('step-3-foreground');
  await hand.press(button(/^Accept the \d+ unflagged$/));
  await expect(page.getByText(/\d accepted/).first()).toBeVisible();

  // 4: a snapshot to learn from, and a training with its baseline.
  const takeSnapshot = async (number: number) => {
    await hand.press(page.getByRole('tab', { name: /Snapshots/ }));
    await hand.press(button('Take a snapshot'));
    await expect(page.getByText(`Snapshot ${number}`, { exact: true })).toBeVisible();
  };
  await hand.press(link(DATASET));
  await takeSnapshot(1);
  await hand.press(link('Train on it'));
  await expect(heading('New training')).toBeVisible();
  await hand.press(page.getByRole('radio', { name: /^Fast/ }));
  await expect(page.getByText('Will take')).toBeVisible();
  await show('step-4-new-training');
  await hand.press(page.locator('summary', { hasText: 'Recipe' }));
  await hand.write(page.getByRole('spinbutton', { name: 'Steps' }), '40');
  await hand.press(button('Start the training'));
  await expect(link('See the model')).toBeVisible({ timeout: LONG });
  const baseline = page.getByRole('region', { name: /baseline beside it/i });
  await expect(baseline.getByText('Done')).toBeVisible({ timeout: LONG });
  await show('step-4-training');

  // 5: mixtures, segmented by the model and by its baseline.
  await toProject();
  await hand.press(page.getByRole('table', { name: 'Datasets' }).getByRole('link', { name: DATASET }));
  await bring(mixed);
  await hand.press(button(`Select the ${mixed.length} not labelled yet`));
  for (const line of LINES) await hand.press(page.getByRole('checkbox', { name: line }));
  await hand.press(button(`Label ${mixed.length} pictures`));
  await expect(page.getByText(`${mixed.length} pictures labelled`)).toBeVisible();
  await takeSnapshot(2);
  await hand.press(link('Segment it'));
  const segment = async (model: RegExp) => {
    await expect(heading('New segmentation')).toBeVisible();
    await hand.choose(page.getByRole('combobox', { name: 'Model' }), model);
    await expect(page.getByText('Will take')).toBeVisible();
    await hand.press(button('Start the segmentation'));
    await expect(page.getByText('Done', { exact: true })).toBeVisible({ timeout: LONG });
    await expect(numberBeside(page.getByText('Cells with a class'))).toHaveText(/^[1-9]\d*$/);
  };
  await segment(/^(?!.*baseline)/i);
  await show('step-5-segmentation');
  await toProject();
  await hand.press(link('New segmentation'));
  await segment(/baseline/i);

  // 6: which is better, as far as these pictures tell.
  await toProject();
  await hand.press(step('Compare'));
  await expect(heading('New comparison')).toBeVisible();
  await hand.press(button('Compare'));
  await expect(page.getByText(/agree on [\d.]+\s% of the pixels/)).toBeVisible({ timeout: LONG });
  const shown = page.locator('[role=application][data-ready=true]');
  await expect(shown).toHaveCount(2, { timeout: LONG });
  await show('step-6-comparison');
  rmSync(folder, { recursive: true, force: true });
}

/** The number that stands below a word. */
function numberBeside(word: Locator): Locator {
  return word.locator('xpath=following::*[1]');
}
