import { randomUUID } from 'node:crypto';
import { Lab, mutate } from '@cellmixer/api-client';
import type { BrowserContext, Page } from '@playwright/test';
import { z } from 'zod';
import { everyPage, type Places } from './every-page.ts';
import { account, expect, test } from './journey.ts';
import { routeId } from './route-id.ts';
import { signIn } from './sign-in.ts';
import type { JourneyServer } from './start-server.ts';

test.setTimeout(600_000);

/** What stands on a page where there is nothing yet, by its route. */
const emptyWords: Readonly<Record<string, RegExp>> = {
  '(lab)': /Pictures of pure cultures teach a network/,
  '(lab)/cell-lines': /Register the lines that you grow/,
  '(lab)/projects/[id]': /No pictures yet/,
  '(lab)/projects/[id]/datasets/[dataset]': /No pictures yet/,
  '(lab)/projects/[id]/datasets/[dataset]/foreground': /Masks are found as soon as/,
  '(lab)/projects/[id]/runs/new': /A training reads a snapshot/,
  '(lab)/projects/[id]/segmentation-runs/new': /There is no model yet/,
  '(lab)/projects/[id]/comparisons/new': /Comparing needs one snapshot/,
};

const labPages = Object.entries(everyPage).filter(([, { lab }]) => lab);
/** Pages that show one thing or ask for one. */
const pagesOfThings = labPages.filter(([route]) => route.includes('['));

test('a page with nothing on it says what to do, and one that is read shows its rooms first', async ({
  page,
  own,
}) => {
  await signIn(page.request, own);
  const { places, makeProject, makeDataset } = await emptyLab(own);
  let here = places;
  const isEmpty = async (route: string) => {
    await page.goto(own.url + at(route, here));
    await expect(page.getByText(emptyWords[route] ?? ''), route).toBeVisible();
    const main = page.locator('main');
    await expect(main.getByRole('button').or(main.getByRole('link')).first()).toBeVisible();
  };
  await isEmpty('(lab)');
  const project = await makeProject();
  here = { ...here, project: routeId(project) };
  await isEmpty('(lab)/projects/[id]');
  here = { ...here, dataset: routeId(await makeDataset(project)) };
  for (const route of Object.keys(emptyWords).filter(
    (route) => !/\(lab\)(\/projects\/\[id\])?$/.test(route),
  )) {
    await isEmpty(route);
  }
  // The answer begins with the skeleton, before anything is read.
  for (const [route] of labPages) {
    if (route === '(lab)/help') continue;
    const html = await (await page.request.get(own.url + at(route, here))).text();
    expect(html, route).toContain('Loading …');
  }
});

test('who may not see a thing is told no more than who asks for what is not there', async ({
  page,
  own,
  browser,
}) => {
  await signIn(page.request, own);
  const { places, makeProject, makeDataset, invite } = await emptyLab(own);
  const project = await makeProject();
  const mine = { ...places, project: routeId(project), dataset: routeId(await makeDataset(project)) };
  const missing = async (visitor: Page, route: string, address: Places) => {
    await visitor.goto(own.url + at(route, address));
    await expect(visitor.getByRole('heading', { name: 'There is nothing here' }), route).toBeVisible();
    await expect(visitor.getByRole('link', { name: 'To the lab’s home' })).toBeVisible();
  };
  for (const [route] of pagesOfThings) await missing(page, route, places);

  // A member of the lab who is not in the project.
  const member = await browser.newContext();
  await invite(member, 'member@lab.example');
  const visitor = await member.newPage();
  for (const [route] of pagesOfThings) await missing(visitor, route, mine);
  await member.close();
});

test('while the server does not answer, every page says so and comes back at a button', async ({
  page,
  own,
}) => {
  await signIn(page.request, own);
  const { places, makeProject, makeDataset } = await emptyLab(own);
  const project = await makeProject();
  const all = { ...places, project: routeId(project), dataset: routeId(await makeDataset(project)) };
  // Pages of their own: what the browser says of an error is no fault here.
  const context = page.context();
  const home = await context.newPage();
  const api = own.pidOf('api');
  process.kill(api, 'SIGSTOP');
  try {
    // All at once: each waits until its patience with the server ends.
    await Promise.all(
      labPages.map(async ([route]) => {
        if (route === '(lab)/help') return;
        const visit = route === '(lab)' ? home : await context.newPage();
        await visit.goto(own.url + at(route, all), { timeout: 180_000 });
        await expect(visit.getByRole('heading', { name: 'The server is not ready' }), route).toBeVisible({
          timeout: 180_000,
        });
        if (visit !== home) await visit.close();
      }),
    );
  } finally {
    process.kill(api, 'SIGCONT');
  }
  await expect(async () => {
    await home.getByRole('button', { name: 'Try again' }).click();
    await expect(home.getByRole('heading', { name: account.lab })).toBeVisible({ timeout: 5000 });
  }).toPass();
});

function at(route: string, places: Places): string {
  const page = everyPage[route];
  if (page === undefined) throw new Error(`there is no page ${route}`);
  return page.at(places);
}

/** A lab of one person. `places` lead nowhere; what is made is empty. */
async function emptyLab(server: JourneyServer) {
  const lab = await Lab.signIn(server.url, account);
  const nowhere = (type: string) => routeId(Buffer.from(`${type}:${randomUUID()}`).toString('base64'));
  const places: Places = {
    token: 'x',
    project: nowhere('Project'),
    dataset: nowhere('Dataset'),
    image: nowhere('Image'),
    run: nowhere('TrainingRun'),
    baseline: nowhere('TrainingRun'),
    nullSplit: nowhere('TrainingRun'),
    model: nowhere('Model'),
    segmentationRun: nowhere('SegmentationRun'),
    segmentation: nowhere('Segmentation'),
    comparison: nowhere('Comparison'),
    share: nowhere('DatasetShare'),
    invitation: 'x',
    reviewer: 'x',
  };
  const { organization } = lab;
  return {
    places,
    makeProject: () => lab.make('createProject', { organization, name: 'Empty' }, 'project'),
    makeDataset: (project: string) =>
      lab.make('createDataset', { project, name: 'Empty', modality: 'PHASE_CONTRAST' }, 'dataset'),
    /** Signs a new member of the lab in. */
    async invite(context: BrowserContext, email: string) {
      const shape = z.object({ link: z.string() });
      const input = { organization, email, role: 'MEMBER' };
      const { link } = await mutate(lab.client, 'invite', input, 'link', shape);
      const token = new URL(link).searchParams.get('token');
      const { password } = account;
      const person = { token, name: 'A. Member', password };
      await context.request.post(`${server.url}/api/auth/accept-invitation`, { data: person });
      const signedIn = await context.request.post(`${server.url}/api/auth/sign-in/email`, {
        headers: { origin: server.url },
        data: { email, password },
      });
      expect(signedIn.status()).toBe(200);
    },
  };
}
