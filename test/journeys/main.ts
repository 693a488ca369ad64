/** `npm run test:journeys`: what people do in the portal, in a real browser on a real server. Arguments go to Playwright. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { findChromium } from './find-chromium.ts';

const root = resolve(import.meta.dirname, '../..');
const chromium = findChromium((line) => console.log(line));
if (chromium === null) {
  console.error(
    'No Chromium was found, and `apt-get install chromium` did not work here. Install Chromium or Chrome, or name it in CHROMIUM, and start again.',
  );
  process.exit(2);
}
const playwright = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
const config = join(import.meta.dirname, 'playwright.config.ts');
const run = spawnSync(process.execPath, [playwright, 'test', '--config', config, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, CHROMIUM: chromium },
});
process.exitCode = run.status ?? 1;
