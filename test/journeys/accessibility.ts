/**
 * `npm run test:accessibility`: axe on every page of the portal, of a lab in which each has something to show, light and
 * dark, on a phone and on a desk. `axe.violations` counts what it finds wrong; ends with 1 where that is anything.
 * `--pictures` keeps what is seen in `.data/journeys/`.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { printTable, type Row, writeFigures } from '../bench/src/report.ts';
import { axeFaults } from './axe.ts';
import { browserOptions } from './browser-options.ts';
import { everyPage, otherLooks, routesOfApp } from './every-page.ts';
import { demandChromium } from './find-chromium.ts';
import { seedEverything } from './seed-everything.ts';
import { signIn } from './sign-in.ts';
import { type JourneyServer, startServer } from './start-server.ts';

const SCHEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 360, height: 740 },
  { width: 1440, height: 900 },
];
/** Until a page has read all and drawn its pictures (ms). */
const PATIENCE = 60_000;
const SILENCE = 10_000;

const pictures = resolve(import.meta.dirname, '../../.data/journeys');

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, pictures: { type: 'boolean', default: false } },
});
const chromiumPath = demandChromium();
const missing = routesOfApp().filter((route) => everyPage[route] === undefined);
for (const route of missing)
  console.error(`${route} is not in test/journeys/every-page.ts: it is not looked at`);

const server = await startServer();
let browser: Browser | null = null;
try {
  browser = await chromium.launch(browserOptions(chromiumPath));
  const { rows, faults } = await walk(browser, server);
  const figures = { 'axe.violations': faults.length };
  printTable('What axe finds wrong, by page', rows);
  for (const fault of faults) console.log(fault);
  printTable('Figures', [{ id: 'axe.violations', value: faults.length, bar: 0 }]);
  if (options.json !== undefined) writeFigures(options.json, figures, { rows, faults, missing });
  if (faults.length > 0 || missing.length > 0) process.exitCode = 1;
} finally {
  await browser?.close();
  await server.stop();
}

async function walk(browser: Browser, server: JourneyServer) {
  const rows: Row[] = [];
  const faults: string[] = [];
  const signedOut = await browser.newContext();
  const signedIn = await browser.newContext();
  await signIn(signedIn.request, server);
  const places = await seedEverything(server);
  for (const [route, { at, lab }] of Object.entries({ ...everyPage, ...otherLooks })) {
    const page = await (lab ? signedIn : signedOut).newPage();
    const row: Record<string, string | number> = { page: route };
    for (const colorScheme of SCHEMES) {
      for (const size of SIZES) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize(size);
        await page.goto(server.url + at(places));
        await page.getByRole('heading', { level: 1 }).waitFor({ timeout: PATIENCE });
        await page.getByText('Loading …').waitFor({ state: 'detached', timeout: PATIENCE });
        // A page that goes on asking never falls silent.
        await page.waitForLoadState('networkidle', { timeout: SILENCE }).catch(() => {});
        if (options.pictures) await keepPicture(page, `${route} ${colorScheme} ${size.width}`);
        const found = await axeFaults(page);
        row[`${colorScheme} ${size.width}`] = found.length;
        faults.push(...found.map((fault) => `${route}, ${colorScheme}, ${size.width} px: ${fault}`));
      }
    }
    rows.push(row);
    await page.close();
  }
  return { rows, faults };
}

async function keepPicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  const file = `page ${name}`.replaceAll(/[^a-z0-9-]+/gi, '-');
  await page.screenshot({ path: join(pictures, `${file}.png`), fullPage: true });
}
