import { account, expect, test } from './journey.ts';

test('the first account is made, a line is registered and a project begun', async ({
  page,
  server,
  look,
}) => {
  await page.goto(server.firstAccountUrl);
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
  await page.getByLabel('Name').fill('HeLa');
  await page.getByLabel('Species').fill('Homo sapiens');
  await page.getByRole('button', { name: 'Register', exact: true }).click();
  await expect(page.getByRole('cell', { name: 'HeLa' })).toBeVisible();
  await look(page, 'cell-lines');
});
