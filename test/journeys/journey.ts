import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type APIRequestContext, test as base, expect, type Page } from '@playwright/test';
import { axeFaults } from './axe.ts';
import { pictures } from './pictures.ts';
import { signIn } from './sign-in.ts';
import { type JourneyServer, startServer } from './start-server.ts';

export { expect } from '@playwright/test';
export { account } from './account.ts';

/** Widths at which every page is looked at: a phone, a desk. */
const WIDTHS = [360, 1440];

/** What the browser says of itself where an answer is a refusal, or a journey cuts the network off. */
const EXPECTED = /Failed to load resource|ERR_INTERNET_DISCONNECTED/;

type Cookies = Awaited<ReturnType<APIRequestContext['storageState']>>['cookies'];

export interface Journey {
  /** One server for all journeys of a run. Its first account is made by the first journey that needs one. */
  readonly server: JourneyServer;
  /** A server of this journey alone, without an account. */
  readonly own: JourneyServer;
  /** The cookies of who made the first account; signed in once, as signing in often is refused. */
  readonly session: Cookies;
  /** A page of somebody who is signed in. */
  readonly lab: Page;
  /** Pictures of the whole page as it is, in `.data/journeys/`: light and dark, 360 and 1440 px; fails where axe finds a fault. */
  readonly look: (page: Page, name: string) => Promise<void>;
}

export const test = base.extend<Pick<Journey, 'own' | 'lab' | 'look'>, Pick<Journey, 'server' | 'session'>>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  own: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { timeout: 240_000 },
  ],
  session: [
    async ({ server, playwright }, use) => {
      const request = await playwright.request.newContext();
      await signIn(request, server);
      await use((await request.storageState()).cookies);
      await request.dispose();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  lab: async ({ page, session }, use) => {
    await page.context().addCookies(session);
    await use(page);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  look: async ({}, use) => use(look),
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (line) => {
      if (line.type() === 'error' && !EXPECTED.test(line.text())) faults.push(line.text());
    });
    await use(page);
    expect(faults, 'what the browser complained of').toEqual([]);
  },
});

/** Charts are drawn anew for another width, in the frames after it. */
const settle = `new Promise((done) => {
  let frames = 4;
  const next = () => (frames-- > 0 ? requestAnimationFrame(next) : done());
  next();
})`;

async function look(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const size = page.viewportSize();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
      // What sticks to the top would else stand in the midst of the picture.
      await page.evaluate('scrollTo(0, 0)');
      await page.evaluate(settle);
      await page.screenshot({ path: join(pictures, `${name}-${scheme}-${width}.png`), fullPage: true });
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, `${name} at ${width} px: pixels beyond the right edge`).toBeLessThanOrEqual(0);
    }
    expect(await axeFaults(page), `${name}, ${scheme}: axe`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  if (size !== null) await page.setViewportSize(size);
}
