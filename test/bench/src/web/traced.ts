import type { Page } from './portal-visits.ts';

/** Writes what a page spends its time on into a file, where one is given, as Chromium's developer tools open it. */
export async function traced<Result>(
  page: Page,
  path: string | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  const browser = page.context().browser();
  if (path === undefined || browser === null) return await work();
  await browser.startTracing(page, { path });
  try {
    return await work();
  } finally {
    await browser.stopTracing();
  }
}
