import { randomUUID } from 'node:crypto';
import { Lab, mutate } from '@cellmixer/api-client';
import type { Browser, Page } from '@playwright/test';
import { z } from 'zod';
import { everyPage, type Places } from './every-page.ts';
import { account, expect, test } from './journey.ts';
import { acceptInvitation, openAs } from './people.ts';
import { routeId } from './route-id.ts';
import { signIn } from './sign-in.ts';
import type { JourneyServer } from './start-server.ts';

/** Until a page gives up waiting for an API that says nothing, on a busy machine. */
const PATIENCE = 180_000;

test.setTimeout(900_000);

/** Pages of guests of which pictures are kept. */
const SEEN_BY_GUESTS = [
  '(lab)',
  '(lab)/people',
  '(lab)/projects/[id]',
  '(lab)/projects/[id]/people',
  '(lab)/projects/[id]/datasets/[dataset]',
];

const pages = Object.entries(everyPage);
const labPages = pages.filter(([, { lab }]) => lab);
/** Pages that show one thing or ask for one. */
const pagesOfThings = labPages.filter(([route]) => route.includes('['));

test('a page with nothing on it says what to do, and one that is read shows its rooms first', async ({
  page,
  own,
  look,
}) => {
  await signIn(page.request, own);
  const { places, makeProject, makeDataset } = await emptyLab(own);
  const unseen = new Map(labPages.filter(([, { empty }]) => empty !== null));
  const isEmpty = async (route: string, here: Places) => {
    const found = unseen.get(route);
    if (found === undefined || found.empty === null) throw new Error(`${route} is never empty`);
    unseen.delete(route);
    await page.goto(own.url + found.at(here));
    await expect(page.getByText(found.empty).first(), route).toBeVisible();
    const main = page.locator('main');
    await expect(main.getByRole('button').or(main.getByRole('link')).first(), route).toBeVisible();
    await look(page, `empty-${nameOf(route)}`);
  };
  await isEmpty('(lab)', places);
  const project = await makeProject();
  const begun = { ...places, project: routeId(project) };
  await isEmpty('(lab)/projects/[id]', begun);
  const here = { ...begun, dataset: routeId(await makeDataset(project)) };
  for (const route of unseen.keys()) await isEmpty(route, here);
  // The answer begins with the skeleton, before anything is read.
  for (const [route, { at, reads }] of labPages) {
    if (!reads) continue;
    const html = await (await page.request.get(own.url + at(here))).text();
    expect(html, route).toContain('Loading …');
  }
});

test('who may not see a thing is told no more than who asks for what is not there', async ({
  page,
  own,
  browser,
  look,
}) => {
  await signIn(page.request, own);
  const { places, makeProject, makeDataset, addMember } = await emptyLab(own);
  const project = await makeProject();
  const mine = { ...places, project: routeId(project), dataset: routeId(await makeDataset(project)) };
  const missing = async (visitor: Page, route: string, address: Places) => {
    await visitor.goto(own.url + everyPage[route]?.at(address));
    await expect(visitor.getByRole('heading', { name: 'There is nothing here' }), route).toBeVisible();
    await expect(visitor.getByRole('link', { name: 'To the lab’s home' })).toBeVisible();
  };
  for (const [route] of pagesOfThings) await missing(page, route, places);

  // A member of the lab who is not in the project.
  const stranger = await addMember(browser, 'stranger@lab.example', {});
  for (const [route] of pagesOfThings) await missing(stranger, route, mine);
  await stranger.context().close();

  // Who only looks, a member or a guest of the lab, is shown every page but those that change something, or tell of others.
  for (const role of ['MEMBER', 'GUEST']) {
    const place = { role, project, projectRole: 'VIEWER' };
    const viewer = await addMember(browser, `${role.toLowerCase()}@lab.example`, place);
    const closed = viewer.getByRole('heading', { level: 1, name: 'Not yours to see' });
    for (const [route, { at, closedToViewers }] of labPages) {
      await viewer.goto(own.url + at(mine));
      if (closedToViewers) {
        await expect(closed, route).toBeVisible();
        await expect(viewer.getByRole('link', { name: 'To the lab’s home' })).toBeVisible();
      } else {
        await expect(viewer.getByRole('heading', { level: 1 }), route).toBeVisible();
        await expect(closed, route).toHaveCount(0);
      }
      if (role === 'GUEST' && SEEN_BY_GUESTS.includes(route)) await look(viewer, `guest-${nameOf(route)}`);
    }
    // What stands, and whose the next step is; none is theirs.
    await viewer.goto(own.url + everyPage['(lab)/projects/[id]']?.at(mine));
    await expect(viewer.getByText(/Its next step, “Register lines”, is for/)).toBeVisible();
    await expect(viewer.locator('[aria-current=step]')).toHaveCount(0);
    await viewer.context().close();
  }

  // Nobody: is asked to sign in, and would come back to where the link led.
  await page.context().clearCookies();
  for (const [route, { at }] of labPages) {
    await page.goto(own.url + at(mine));
    await expect(page.getByRole('heading', { name: 'Sign in' }), route).toBeVisible();
    expect(new URL(page.url()).searchParams.get('to'), route).toBe(at(mine));
  }
});

test('while the server does not answer, every page says so and comes back with it, or at a button', async ({
  page,
  own,
  look,
}) => {
  await signIn(page.request, own);
  const { places, makeProject, makeDataset } = await emptyLab(own);
  const project = await makeProject();
  const all = { ...places, project: routeId(project), dataset: routeId(await makeDataset(project)) };
  // Pages of their own: what the browser says of an error is no fault here.
  const context = page.context();
  const home = await context.newPage();
  const other = await context.newPage();
  const isHome = (visit: Page) => visit.getByRole('heading', { name: account.lab });
  const notReady = (visit: Page) => visit.getByRole('heading', { name: 'The server is not ready' });
  // One that stands open, and asks for itself.
  const open = await context.newPage();
  await open.goto(own.url + everyPage['(lab)/projects/[id]/datasets/[dataset]']?.at(all));
  await open.waitForLoadState('networkidle');
  const api = own.pidOf('api');
  process.kill(api, 'SIGSTOP');
  try {
    await open.getByRole('button', { name: 'Delete' }).click();
    await expect(open.getByText('Looking for what depends on it')).toBeVisible();
    // First its frame, then that it waits, all before the page gives up.
    await other.goto(own.url, { waitUntil: 'commit' });
    await expect(other.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await expect(other.getByText('Loading …')).toBeVisible();
    await expect(other.getByText('The server does not answer yet')).toBeVisible();
    await expect(other.getByRole('link', { name: 'Load the page again' })).toBeVisible();
    await expect(notReady(other)).toHaveCount(0);
    await look(other, 'server-silent');
    // All at once: each waits until its patience with the server ends.
    await Promise.all(
      pages.map(async ([route, { at, reads }]) => {
        // The API itself answers there, or the front door in its place.
        if (!reads || at(all).startsWith('/api/')) return;
        const visit = route === '(lab)' ? home : await context.newPage();
        await visit.goto(own.url + at(all), { timeout: PATIENCE });
        await expect(notReady(visit), route).toBeVisible({ timeout: PATIENCE });
        if (visit !== home) await visit.close();
      }),
    );
    await expect(notReady(other)).toBeVisible({ timeout: PATIENCE });
    await look(home, 'server-not-ready');
    await expect(open.getByText('The server does not answer.')).toBeVisible();
    // It does not hear that the server is back.
    await home.route('**/graphql', (route) => route.abort());
  } finally {
    process.kill(api, 'SIGCONT');
  }
  await expect(isHome(other)).toBeVisible();
  await expect(open.getByText('Nothing else depends on it')).toBeVisible();
  await expect(open.getByText('The server does not answer.')).toBeHidden();
  await home.getByRole('button', { name: 'Try again' }).click();
  await expect(isHome(home)).toBeVisible();
});

/** `projects-runs-new` for `(lab)/projects/[id]/runs/new`. */
function nameOf(route: string): string {
  return (
    route
      .replaceAll(/\[\w+\]|\(lab\)/g, '')
      .match(/[\w-]+/g)
      ?.join('-') ?? 'home'
  );
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
    /** Brings a new member of the lab in. @returns a browser in which they are signed in */
    async addMember(
      browser: Browser,
      email: string,
      place: { role?: string; project?: string; projectRole?: string },
    ) {
      const input = { organization, email, role: 'MEMBER', ...place };
      const shape = z.object({ link: z.string() });
      const { link } = await mutate(lab.client, 'invite', input, 'link', shape);
      const person = { name: 'A. Member', email, password: account.password };
      await acceptInvitation(server, link, person);
      return openAs(browser, server, person);
    },
  };
}
