import { expect, test } from './journey.ts';
import { foundLab, openAs, openBrowser } from './people.ts';
import { routeId } from './route-id.ts';
import { seedCultures } from './seed.ts';

test.setTimeout(600_000);

test('a dataset is lent to another lab, used there, shown to a reviewer, and taken back', async ({
  lab: page,
  server,
  browser,
  look,
}) => {
  const dialog = page.getByRole('dialog');
  const { lab, project, dataset } = await seedCultures(server, 'Lending');
  // With a project beside it, the dialog also asks which.
  await lab.make('createProject', { organization: lab.organization, name: 'Beside' }, 'project');
  const other = { name: 'B. Borrower', email: 'borrower@lab.example', password: 'borrows it all 9' };
  await foundLab(server, 'Lab B', other);

  const borrower = await openAs(browser, server, other);
  await borrower.goto(server.url);
  await borrower
    .getByRole('button', { name: /project/i })
    .first()
    .click();
  await borrower.getByRole('dialog').getByLabel('Name').fill('Borrowing');
  await borrower.getByRole('button', { name: 'Create' }).click();
  await borrower.getByRole('link', { name: 'People and sharing' }).click();
  await expect(borrower.getByRole('heading', { name: 'People and sharing' })).toBeVisible();
  await look(borrower, 'project-people');
  const code = await borrower.getByLabel('Share code of this project').inputValue();

  await page.goto(`${server.url}/projects/${routeId(project)}/datasets/${routeId(dataset)}`);
  await page.getByRole('link', { name: 'Share' }).click();
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await dialog.getByLabel('Share code').fill('no such code');
  await dialog.getByRole('button', { name: 'Offer it' }).click();
  await expect(dialog.getByRole('alert')).toContainText('share code');
  await look(page, 'share-refused');
  await dialog.getByLabel('Share code').fill(code);
  await dialog.getByRole('button', { name: 'Offer it' }).click();
  await expect(page.getByRole('cell', { name: 'Offered' })).toBeVisible();
  await page.getByRole('button', { name: 'New link' }).click();
  await dialog.getByLabel('For whom').fill('Journal of Mixtures');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const forReviewer = await dialog.getByLabel('Link for the reviewer').inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('cell', { name: 'Journal of Mixtures', exact: true })).toBeVisible();
  await look(page, 'sharing');

  const reviewer = await openBrowser(browser);
  await reviewer.goto(forReviewer);
  await expect(reviewer.getByRole('heading', { name: 'Cultures' })).toBeVisible();
  await look(reviewer, 'review');
  await reviewer.getByRole('list').getByRole('link').first().click();
  await expect(reviewer.getByText('Size', { exact: true })).toBeVisible();
  await expect(reviewer.locator('canvas').first()).toBeVisible({ timeout: 60_000 });
  await look(reviewer, 'review-image');
  await reviewer.goto(`${server.url}/people`);
  await expect(reviewer.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await borrower.goto(server.url);
  await expect(borrower.getByText('Lab A offers “Cultures” to “Borrowing”').first()).toBeVisible();
  await look(borrower, 'home-offer');
  await borrower.getByRole('link', { name: 'Look at the offer' }).click();
  await expect(borrower.getByRole('button', { name: 'Accept' })).toBeVisible();
  await look(borrower, 'offer');
  await borrower.getByRole('button', { name: 'Accept' }).click();
  await expect(borrower.getByText('lent by Lab A, read only')).toBeVisible();
  await look(borrower, 'dataset-lent');
  const lent = borrower.url();
  const project2 = lent.slice(0, lent.indexOf('/datasets/'));
  await borrower.goto(`${project2}/runs/new`);
  await expect(borrower.getByText('lent by Lab A').first()).toBeVisible();
  await look(borrower, 'new-run-lent');

  await page.reload();
  await expect(page.getByText('Lent', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /Take back the link/ }).click();
  await expect(page.getByRole('cell', { name: 'Taken back', exact: true })).toBeVisible();
  await reviewer.goto(forReviewer);
  await expect(reviewer.getByRole('heading', { name: 'This link shows nothing any more' })).toBeVisible();
  await look(reviewer, 'review-over');
  await page.getByRole('button', { name: /Take back “Cultures”/ }).click();
  await expect(dialog.getByText('not yet worked with')).toBeVisible();
  await look(page, 'take-back');
  await dialog.getByRole('button', { name: 'Take back', exact: true }).click();
  await expect(page.getByText('“Cultures” is yours alone again')).toBeVisible();

  await borrower.goto(lent);
  await expect(borrower.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();
  await borrower.goto(project2);
  await expect(borrower.getByText('Taken back by its lab')).toBeVisible();
  await look(borrower, 'project-taken-back');
  await borrower.getByRole('button', { name: /Inbox/ }).click();
  await expect(borrower.getByRole('link', { name: /lends “Cultures” no more/ })).toBeVisible();
  await look(borrower, 'inbox');
  await borrower.getByRole('link', { name: 'Lab A lends “Cultures” no more.' }).click();
  await expect(borrower.getByText('Lab A has taken the dataset back')).toBeVisible();
  await look(borrower, 'share-ended');
  await reviewer.context().close();
  await borrower.context().close();
});
