/**
 * `npm run test:journeys`: what people do in the portal, in a real browser on a real server. Arguments go to Playwright;
 * without any, all journeys are gone, and only their pictures are left in `.data/journeys/`.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demandChromium } from './find-chromium.ts';
import { pictures } from './pictures.ts';

const root = resolve(import.meta.dirname, '../..');
const chromium = demandChromium();
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
const config = join(import.meta.dirname, 'playwright.config.ts');
if (process.argv.length === 2) rmSync(pictures, { recursive: true, force: true });
const run = spawnSync(process.execPath, [playwright, 'test', '--config', config, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: chromium },
});
process.exitCode = run.status ?? 1;
