import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import { browserOptions } from './browser-options.ts';

const data = resolve(import.meta.dirname, '../../.data/journeys');

export default defineConfig({
  testDir: import.meta.dirname,
  outputDir: resolve(data, 'output'),
  // One server for all journeys; the machine may be busy.
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
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
