import { gzipSync } from 'node:zlib';
import { beginProject } from './begin-project.ts';
import { account, expect, test } from './journey.ts';

test('the first account is made, a line is registered and a project begun', async ({ page, own, look }) => {
  const dialog = page.getByRole('dialog');
  await page.goto(own.firstAccountUrl);
  await look(page, 'first-account');
  await page.getByLabel('Your name').fill(account.name);
  await page.getByLabel('Lab').fill(account.lab);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('heading', { name: account.lab })).toBeVisible();
  await look(page, 'home-empty');

  await page.getByRole('link', { name: 'Cell lines' }).click();
  await expect(page.getByRole('heading', { name: 'Cell lines' })).toBeVisible();
  await look(page, 'cell-lines-empty');
  await page.getByRole('button', { name: 'Register a line' }).click();
  await look(page, 'register-cell-line');
  await dialog.getByLabel('Name').fill('HeLa');
  await page.getByLabel('Species').fill('Homo sapiens');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByRole('cell', { name: 'HeLa' })).toBeVisible();
  await page.getByRole('button', { name: 'Register a line' }).click();
  await dialog.getByLabel('Name').fill('MCF7');
  await page.getByRole('radio', { name: 'Sky blue' }).check();
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByRole('cell', { name: 'MCF7' })).toBeVisible();
  await look(page, 'cell-lines');

  await page.getByRole('button', { name: 'HeLa' }).click();
  await page.getByLabel('Tissue').fill('Cervix');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('cell', { name: 'Cervix' })).toBeVisible();

  // A name that is taken is refused, and the form stays.
  await page.getByRole('button', { name: 'Register a line' }).click();
  await dialog.getByLabel('Name').fill('HeLa');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toContainText(
    'There is a cell line with this name already',
  );
  await look(page, 'register-refused');
  await page.keyboard.press('Escape');

  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('button', { name: 'New project' }).click();
  await dialog.getByLabel('Name').fill('Two lines in one well');
  await page.getByLabel('About').fill('Who outgrows whom, 48 hours after seeding.');
  await look(page, 'create-project');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('heading', { name: 'Two lines in one well' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Add cultures' })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await look(page, 'project-empty');

  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await expect(page.getByRole('cell', { name: 'Two lines in one well' })).toBeVisible();
  await look(page, 'home');
});

test('every page of the lab looks well and can be used by everybody', async ({ lab, server, look }) => {
  const pages = { help: '/help', people: '/people', missing: '/projects/bm9uZQ', sign: '/sign-in' };
  for (const [name, path] of Object.entries(pages)) {
    await lab.goto(server.url + path);
    await expect(lab.getByRole('heading', { level: 1 })).toBeVisible();
    await look(lab, name);
  }
});

test('no page asks for more than 200 kB of scripts before it can be used', async ({ lab, server }) => {
  const sizes = new Map<string, number>();
  const { addDataset } = await beginProject(server, 'Weight');
  const dataset = new URL((await addDataset('Plate 1')).address).pathname;
  for (const path of ['/sign-in', '/', '/cell-lines', '/people', '/help', dataset]) {
    const html = await (await lab.request.get(server.url + path)).text();
    let bytes = 0;
    for (const script of scriptsOf(html)) {
      bytes += gzipSync(await (await lab.request.get(server.url + script)).body()).length;
    }
    sizes.set(path, Math.round(bytes / 1000));
  }
  console.log('kB of scripts:', Object.fromEntries(sizes));
  for (const [path, size] of sizes) expect(size, path).toBeLessThanOrEqual(200);
});

/** Scripts that a page names itself, without those for browsers that know no modules. */
function scriptsOf(html: string): readonly string[] {
  const tags = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)].filter(
    ([tag]) => !/nomodule/i.test(tag),
  );
  return [...new Set(tags.map(([, source]) => source ?? ''))];
}

test('whoever is not signed in is asked to, and comes back to where the link led', async ({
  page,
  session,
  server,
}) => {
  // There is an account; its cookies are not in this browser.
  expect(session.length).toBeGreaterThan(0);
  await page.goto(`${server.url}/cell-lines?search=he`);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toContainText('do not go together');
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`${server.url}/cell-lines?search=he`);
  await expect(page.getByRole('heading', { name: 'Cell lines' })).toBeVisible();

  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('a lost connection is said, and the word goes by itself', async ({ lab, server }) => {
  await lab.goto(`${server.url}/cell-lines`);
  await lab.getByRole('button', { name: 'Register a line' }).click();
  await lab.getByRole('dialog').getByLabel('Name').fill('U2OS');
  await lab.waitForLoadState('networkidle');
  await lab.context().setOffline(true);
  await lab.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(lab.getByRole('alert').filter({ hasText: /./ })).toContainText('did not answer');
  await expect(lab.getByText('The server does not answer')).toBeVisible();
  await lab.context().setOffline(false);
  await expect(lab.getByText('The server does not answer')).toBeHidden();
  await lab.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(lab.getByRole('cell', { name: 'U2OS' })).toBeVisible();
});
