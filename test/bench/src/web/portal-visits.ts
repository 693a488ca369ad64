import { gzipSync } from 'node:zlib';
import type { Harness } from '@cellmixer/web/viewer-harness';
import { median } from '../report.ts';
import { watchNetwork } from './network.ts';
import { traced } from './traced.ts';

type Context = Awaited<ReturnType<Harness['browser']['newContext']>>;
export type Page = Awaited<ReturnType<Context['newPage']>>;

/** What a person waits for on a page, ms; `shift` has no unit. */
export interface PageFigures {
  readonly lcp: number;
  readonly shift: number;
  readonly longTask: number;
}

const size = { width: 1440, height: 900 };

/** Collects in every page what browsers tell of paint, shifts and tasks of more than 50 ms. */
const watcher = `
  globalThis.watched = { lcp: 0, shift: 0, longTask: 0 };
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('largest-contentful-paint', (one) => (watched.lcp = one.startTime));
  watch('layout-shift', (one) => (watched.shift += one.hadRecentInput ? 0 : one.value));
  watch('longtask', (one) => (watched.longTask = Math.max(watched.longTask, one.duration)));`;

/** What the open page, or a frame in it, has collected since it was opened. */
export const figuresOf = (page: Pick<Page, 'evaluate'>) => page.evaluate<PageFigures>('watched');

/** A browser of somebody who has never been here, signed in. */
export async function signedIn(
  { browser }: Harness,
  url: string,
  account: { readonly email: string; readonly password: string },
): Promise<Context> {
  const context = await browser.newContext({ viewport: size, locale: 'en-GB' });
  const response = await context.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email: account.email, password: account.password },
  });
  if (!response.ok()) throw new Error(`the browser could not sign in: ${response.status()}`);
  await context.addInitScript(watcher);
  return context;
}

export interface VisitOptions {
  /** What somebody does on the page. */
  readonly work?: (page: Page) => Promise<void>;
  readonly trace?: string;
}

/** Opens a page with an empty cache, lets somebody work on it, and tells what they waited for: medians. */
export async function visitPage(
  context: Context,
  address: string,
  visits: number,
  { work, trace }: VisitOptions = {},
): Promise<PageFigures> {
  const seen: PageFigures[] = [];
  for (let i = 0; i < visits; i++) {
    const page = await context.newPage();
    const network = watchNetwork(page);
    const session = await context.newCDPSession(page);
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    await traced(page, trace, async () => {
      await page.goto(address);
      await network.quiet();
      await work?.(page);
    });
    seen.push(await figuresOf(page));
    await page.close();
  }
  const of = (take: (one: PageFigures) => number) => median(seen.map(take));
  return { lcp: of((one) => one.lcp), shift: of((one) => one.shift), longTask: of((one) => one.longTask) };
}

/**
 * Every kind of page that links lead to from the first one, with the kB of scripts, compressed, that it names itself.
 * One page is looked at of those that differ by an id only.
 */
export async function scriptsOfPages(
  { request }: Context,
  url: string,
  from: readonly string[],
): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const known = new Map<string, Promise<number>>();
  const sizeOf = (script: string) => {
    const size = known.get(script) ?? fetchSize(request, url + script);
    known.set(script, size);
    return size;
  };
  const waiting = [...from];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = kindOf(path);
    if (sizes.has(kind)) continue;
    const response = await request.get(url + path);
    if (!(response.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    const html = await response.text();
    const scripts = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)]
      .filter(([tag]) => !/nomodule/i.test(tag))
      .map(([, source]) => source ?? '');
    const bytes = await Promise.all([...new Set(scripts)].map(sizeOf));
    sizes.set(kind, bytes.reduce((sum, one) => sum + one, 0) / 1000);
    for (const [, link] of html.matchAll(/<a[^>]*\shref="(\/[^"?#]*)/g)) {
      if (link !== undefined && !link.startsWith('/api/')) waiting.push(link);
    }
  }
  return sizes;
}

/** The path with its ids left out; words of paths are short and in lower case. */
function kindOf(path: string): string {
  return path
    .split('/')
    .map((part) => (/^[a-z-]{0,20}$/.test(part) ? part : '…'))
    .join('/');
}

async function fetchSize(request: Context['request'], address: string): Promise<number> {
  return gzipSync(await (await request.get(address)).body()).length;
}
