import { join, resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserOptions } from './browser-options.ts';
import { pictures } from './pictures.ts';

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: join(pictures, 'output'),
  // One server for all journeys; the machine may be busy.
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [['list'], [resolve(import.meta.dirname, 'journey-table.ts')]],
  use: {
    browserName: 'chromium',
    actionTimeout: 60_000,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    launchOptions: browserOptions(process.env.CHROMIUM),
  },
});
