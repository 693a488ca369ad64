import { Lab } from '@cellmixer/api-client';
import { account, expect, test } from './journey.ts';
import { openBrowser } from './people.ts';

test.setTimeout(600_000);

test('a key is made and ended, a project goes into the trash and comes back, and the log tells of it', async ({
  lab: page,
  server,
  browser,
  look,
}) => {
  const lab = await Lab.signIn(server.url, account);
  const begin = (name: string) =>
    lab.make('createProject', { organization: lab.organization, name }, 'project');
  await begin('Long-lived');
  const project = await begin('Short-lived');
  const dataset = { project, name: 'Plate 7', modality: 'PHASE_CONTRAST' };
  await lab.make('createDataset', dataset, 'dataset');
  const dialog = page.getByRole('dialog');

  await page.goto(server.url);
  await page.getByRole('button', { name: /^Account/ }).click();
  await look(page, 'account-menu');
  await page.getByRole('menuitem', { name: 'API keys' }).click();
  await expect(page.getByRole('heading', { name: 'API keys' })).toBeVisible();
  await look(page, 'keys-empty');
  await page.getByRole('button', { name: 'New key' }).click();
  await dialog.getByLabel('What for').fill('Microscope 2');
  await dialog.getByLabel('May').selectOption('Write');
  await dialog.getByLabel('In', { exact: true }).selectOption('The whole lab');
  await look(page, 'create-key');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const key = await dialog.getByLabel('The key').inputValue();
  await look(page, 'key-made');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('cell', { name: 'Microscope 2' }).first()).toBeVisible();
  const ask = () =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query: '{ viewer { kind } }' }),
    });
  expect(await (await ask()).json()).toEqual({ data: { viewer: { kind: 'key' } } });
  await page.reload();
  await look(page, 'keys');
  await page.getByRole('button', { name: /^End/ }).click();
  await expect(page.getByText('opens nothing any more')).toBeVisible();
  expect(JSON.stringify(await (await ask()).json())).not.toContain('"key"');

  // The answer to the first sending is lost on the way: the second makes no other key, and cannot show the first.
  let isLost = false;
  await page.route('**/graphql', async (route) => {
    if (isLost || !(route.request().postData() ?? '').includes('createApiKey')) return route.fallback();
    isLost = true;
    await route.fetch();
    return route.abort();
  });
  await page.getByRole('button', { name: 'New key' }).click();
  await dialog.getByLabel('What for').fill('Microscope 3');
  await dialog.getByLabel('In', { exact: true }).selectOption('The whole lab');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The server did not answer');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await expect(dialog.getByRole('alert')).toContainText('The key was made, but the answer with it was lost');
  await look(page, 'key-lost');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Microscope 3' })).toHaveCount(1);
  await page.unrouteAll();

  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('link', { name: 'Short-lived' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeEnabled();
  await look(page, 'delete-project');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('“Short-lived” is in the trash')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Short-lived' })).toBeHidden();
  await page.goto(`${server.url}/trash`);
  await expect(page.getByRole('cell', { name: 'Short-lived' }).first()).toBeVisible();
  await look(page, 'trash');
  await page.getByRole('button', { name: 'Restore “Short-lived”' }).click();
  await expect(page.getByText('“Short-lived” is back')).toBeVisible();

  await page.goto(`${server.url}/activity`);
  await expect(page.getByText('restored from the trash').first()).toBeVisible();
  const elsewhere = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Long-lived' });
  await expect(elsewhere).toHaveCount(1);
  await look(page, 'activity');
  await page.getByLabel('Only what happened in').selectOption('Short-lived');
  await expect(elsewhere).toHaveCount(0);
  await expect(page.getByText('made a dataset')).toHaveCount(1);

  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Labs of this server' }).click();
  await page.getByRole('button', { name: account.lab, exact: true }).click();
  await dialog.getByLabel('Gigabytes').fill('250');
  await look(page, 'lab-room');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(`${account.lab} has 250 GB now`)).toBeVisible();

  // The link for a new lab's owner is lost: the lab gets another, and the first leads nowhere.
  await page.getByRole('button', { name: 'New lab' }).click();
  await dialog.getByLabel('Name of the lab').fill('Lab of a late owner');
  await dialog.getByLabel('E-mail of its owner').fill('late@lab.exampel');
  await dialog.getByRole('button', { name: 'Make the lab' }).click();
  const lost = await dialog.getByLabel('Invitation for the owner').inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('no owner yet')).toHaveCount(1);
  await look(page, 'server');
  await page.getByRole('button', { name: 'Lab of a late owner' }).click();
  await look(page, 'lab-without-owner');
  await dialog.getByLabel('E-mail of its owner').fill('late@lab.example');
  await dialog.getByRole('button', { name: 'Make a new link' }).click();
  const link = await dialog.getByLabel('Invitation for late@lab.example').inputValue();
  await look(page, 'owner-link');
  const late = await openBrowser(browser);
  await late.goto(lost);
  await expect(late.getByRole('heading', { name: 'This invitation is over' })).toBeVisible();
  await late.goto(link);
  await expect(late.getByRole('heading', { name: 'Lab of a late owner invites you' })).toBeVisible();
  await late.context().close();
});
