import type { Page } from './portal-visits.ts';

/** What goes over the network for a page. */
export interface Network {
  /** Waits until nothing is on its way, and nothing was for half a second; says what is still open after 20 s. */
  quiet(): Promise<void>;
}

/** To be called before the page is opened, for a request that it did not see begin it cannot wait for. */
export function watchNetwork(page: Page): Network {
  const open = new Set<{ url(): string }>();
  let moved = performance.now();
  const note = () => {
    moved = performance.now();
  };
  page.on('request', (request) => {
    open.add(request);
    note();
  });
  const close = (request: { url(): string }) => {
    open.delete(request);
    note();
  };
  page.on('requestfinished', close);
  page.on('requestfailed', close);
  return {
    async quiet() {
      const until = performance.now() + 20_000;
      while (open.size > 0 || performance.now() - moved < 500) {
        if (performance.now() > until) {
          console.error(`${page.url()} is not quiet:`, [...open].map((one) => one.url()).slice(0, 5));
          return;
        }
        await page.waitForTimeout(50);
      }
    },
  };
}
