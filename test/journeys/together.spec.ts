import { Lab } from '@cellmixer/api-client';
import { account, expect, test } from './journey.ts';
import { addColleague, openAs } from './people.ts';
import { routeId } from './route-id.ts';

test.setTimeout(600_000);

test('two people work in one project: each sees the other’s change at once, and nobody’s words are lost', async ({
  lab: page,
  server,
  browser,
  look,
}) => {
  const lab = await Lab.signIn(server.url, account);
  const input = { organization: lab.organization, name: 'For two' };
  const project = await lab.make('createProject', input, 'project');
  const person = { name: 'C. Colleague', email: 'colleague@lab.example', password: 'works along 99' };
  await addColleague(lab, server, project, person);
  const other = await openAs(browser, server, person);
  const address = `${server.url}/projects/${routeId(project)}`;
  const heard = Promise.all([listens(page), listens(other)]);
  await Promise.all([page.goto(address), other.goto(address)]);
  await heard;

  // One makes a dataset; it comes to the other without a reload.
  await other
    .getByRole('button', { name: /dataset/i })
    .first()
    .click();
  await other.getByRole('dialog').getByLabel('Name').fill('Plate 1');
  await other.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('link', { name: 'Plate 1' })).toBeVisible();

  // Both rename it at the same time.
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Rename' }).click();
  await dialog.getByLabel('Name').fill('As the first says');
  await other.goto(address);
  await other.getByRole('button', { name: 'Rename' }).click();
  await other.getByRole('dialog').getByLabel('Name').fill('As the second says');
  await other.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('h1', { hasText: 'As the second says' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Somebody else has changed the project');
  await expect(dialog.getByRole('alert')).toContainText('As the second says');
  await expect(dialog.getByLabel('Name')).toHaveValue('As the first says');
  await look(page, 'project-conflict');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByRole('heading', { name: 'As the first says' })).toBeVisible();
  await look(other, 'project-together');
  await other.context().close();
});

/** Resolves once the page hears what happens in the project: when the first answer came over its WebSocket. */
function listens(page: import('@playwright/test').Page): Promise<void> {
  return new Promise((done) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        if (String(payload).includes('"projectActivity"')) done();
      }),
    );
  });
}
