import { Lab, mutate } from '@cellmixer/api-client';
import { z } from 'zod';
import { account, expect, test } from './journey.ts';
import { foundLab, openAs, openBrowser } from './people.ts';
import { routeId } from './route-id.ts';

test.setTimeout(600_000);

test('somebody is invited, joins, and sees what the role allows; the role ends and so does the view', async ({
  lab: page,
  server,
  browser,
  look,
}) => {
  const dialog = page.getByRole('dialog');
  await page.goto(`${server.url}/people`);
  await page.getByRole('button', { name: 'Invite', exact: true }).click();
  await dialog.getByLabel('E-mail').fill('guest@lab.example');
  await dialog.getByLabel('Role in the lab').selectOption('Guest');
  await look(page, 'invite');
  await dialog.getByRole('button', { name: 'Make the invitation' }).click();
  const link = await dialog.getByLabel('Invitation for guest@lab.example').inputValue();
  await look(page, 'invite-link');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('cell', { name: 'guest@lab.example', exact: true })).toBeVisible();
  await look(page, 'people-invited');

  const guest = await openBrowser(browser);
  await guest.goto(link);
  await expect(guest.getByRole('heading', { name: 'Lab A invites you' })).toBeVisible();
  await look(guest, 'invitation');
  await guest.getByLabel('Your name').fill('G. Guest');
  await guest.getByLabel('Password').fill('looks at it 9');
  await guest.getByRole('button', { name: 'Make the account' }).click();
  await expect(guest.getByRole('heading', { name: 'Lab A', exact: true })).toBeVisible();
  await look(guest, 'home-guest');
  await guest.goto(`${server.url}/people`);
  await expect(guest.getByRole('cell', { name: 'G. Guest' })).toBeVisible();
  await expect(guest.getByRole('cell', { name: account.name })).toBeVisible();
  await expect(guest.getByText(account.email)).toHaveCount(0);
  await look(guest, 'people-guest');
  await expect(guest.getByRole('button', { name: 'Invite', exact: true })).toBeHidden();
  await guest.goto(`${server.url}/cell-lines`);
  await expect(guest.getByText('There is no line here that you may see')).toBeVisible();
  await expect(guest.getByRole('button', { name: 'Register a line' })).toBeHidden();
  await look(guest, 'cell-lines-guest');
  await guest.goto(`${server.url}/activity`);
  await expect(guest.getByRole('heading', { name: 'Not yours to see' })).toBeVisible();
  await look(guest, 'forbidden');
  await guest.goto(link);
  await expect(guest.getByRole('heading', { name: 'This invitation is over' })).toBeVisible();
  await look(guest, 'invitation-over');

  await page.reload();
  await page.getByRole('button', { name: 'New team' }).click();
  await dialog.getByLabel('Name').fill('Imaging');
  await dialog.getByLabel('G. Guest').check();
  await look(page, 'create-team');
  await dialog.getByRole('button', { name: 'Make the team' }).click();
  await expect(page.getByRole('button', { name: 'Imaging' })).toBeVisible();

  await page.getByRole('button', { name: 'G. Guest' }).click();
  await dialog.getByRole('button', { name: 'Make a link' }).click();
  const reset = await dialog.getByLabel('Link for a new password').inputValue();
  await look(page, 'edit-member');
  await dialog.getByLabel('Role in the lab').selectOption('Member');
  await dialog.getByRole('button', { name: 'Save the role' }).click();
  await expect(page.getByText('G. Guest is member now')).toBeVisible();
  await look(page, 'people-full');

  await guest.goto(reset);
  await look(guest, 'reset-password');
  await guest.getByLabel('New password').fill('another one 99');
  await guest.getByRole('button', { name: 'Set the password' }).click();
  await expect(guest.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await guest.getByLabel('E-mail').fill('guest@lab.example');
  await guest.getByLabel('Password').fill('another one 99');
  await guest.getByRole('button', { name: 'Sign in' }).click();
  await guest.getByRole('link', { name: 'Cell lines' }).click();
  await expect(guest.getByRole('heading', { name: 'Cell lines' })).toBeVisible();

  await page.getByRole('button', { name: 'G. Guest' }).click();
  await dialog.getByRole('button', { name: 'Remove from the lab …' }).click();
  await dialog.getByRole('button', { name: 'Remove G. Guest' }).click();
  await expect(page.getByRole('button', { name: 'G. Guest' })).toBeHidden();
  await guest.reload();
  await expect(guest.getByText('You are in no lab')).toBeVisible();
  await look(guest, 'no-lab');
  await guest.context().close();
});

test('who has a lab of their own joins another, is given a place in a project, and goes from one to the other', async ({
  lab: page,
  session,
  server,
  browser,
  look,
}) => {
  expect(session.length).toBeGreaterThan(0);
  const visitor = { name: 'V. Visitor', email: 'visitor@lab.example', password: 'comes and goes 9' };
  await foundLab(server, 'Lab of the visitor', visitor);
  const lab = await Lab.signIn(server.url, account);
  const { organization } = lab;
  const project = await lab.make('createProject', { organization, name: 'Only looked at' }, 'project');
  const input = { organization, email: visitor.email, role: 'GUEST' };
  const { link } = await mutate(lab.client, 'invite', input, 'link', z.object({ link: z.string() }));

  const other = await openAs(browser, server, visitor);
  await other.goto(link);
  await expect(other.getByRole('heading', { name: `${account.lab} invites you` })).toBeVisible();
  await look(other, 'invitation-join');
  await other.getByRole('button', { name: `Join ${account.lab}` }).click();
  await expect(other.getByRole('heading', { level: 1, name: account.lab, exact: true })).toBeVisible();
  await expect(other.getByText('You have no place in a project yet')).toBeVisible();

  await page.goto(`${server.url}/projects/${routeId(project)}/people`);
  await page.getByRole('button', { name: 'Add somebody' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Who').selectOption(visitor.name);
  await dialog.getByLabel('Role in the project').selectOption('Viewer');
  await look(page, 'project-role');
  await dialog.getByRole('button', { name: 'Give the role' }).click();
  await expect(page.getByLabel(`Role of ${visitor.name}`)).toHaveValue('VIEWER');

  await other.reload();
  await other.getByRole('link', { name: 'Only looked at' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Only looked at' })).toBeVisible();
  await expect(other.getByRole('button', { name: 'New dataset' })).toHaveCount(0);
  await expect(other.getByRole('button', { name: 'Rename' })).toHaveCount(0);
  await look(other, 'project-viewer');

  await other.getByRole('button', { name: `Lab: ${account.lab}` }).click();
  await look(other, 'lab-switcher');
  await other.getByRole('menuitemradio', { name: 'Lab of the visitor' }).click();
  await expect(other.getByRole('heading', { level: 1, name: 'Lab of the visitor' })).toBeVisible();
  await other.reload();
  await expect(other.getByRole('heading', { level: 1, name: 'Lab of the visitor' })).toBeVisible();
  // An address of the other lab leads there all the same.
  await other.goto(`${server.url}/projects/${routeId(project)}`);
  await expect(other.getByRole('button', { name: `Lab: ${account.lab}` })).toBeVisible();

  // The role is taken away again: nothing is left to see.
  await page.getByRole('button', { name: `Remove ${visitor.name}` }).click();
  await expect(page.getByText(`${visitor.name} has no role here now`)).toBeVisible();
  await other.reload();
  await expect(other.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await other.context().close();
});
