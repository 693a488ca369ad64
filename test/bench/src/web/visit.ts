import type { Harness, HarnessSetup, Seen } from '@cellmixer/web/viewer-harness';
import { watchNetwork } from './network.ts';
import { traced } from './traced.ts';

/** What one visit of a picture came to. */
export interface Visit {
  /** From opening the page, its scripts included, to the first frame with the picture. */
  readonly firstPixelsSeconds: number;
  /** All that came from the bucket. */
  readonly fetchedMb: number;
  /** The longest time for which any part of the view was bare while moving. */
  readonly blankMs: number;
  /** Frames a second while moving. */
  readonly framesPerSecond: number;
}

const drawn = 'window.seen && window.seen.firstPixels !== null';
const size = { width: 1280, height: 800 };

/**
 * Opens the picture whole, then its middle one to one, and drags three screens to the right, two down and back.
 *
 * @param trace file for what the page spends its time on until the first picture
 */
export async function visit(
  harness: Harness,
  setup: HarnessSetup,
  side: number,
  trace?: string,
): Promise<Visit> {
  // A fresh context has an empty cache.
  const context = await harness.browser.newContext({ viewport: size });
  const page = await context.newPage();
  const network = watchNetwork(page);
  const session = await context.newCDPSession(page);
  let fetched = 0;
  const fromBucket = new Set<string>();
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, response }) => {
    if (response.url.includes('X-Amz-Signature')) fromBucket.add(requestId);
  });
  session.on('Network.dataReceived', ({ requestId, dataLength }) => {
    if (fromBucket.has(requestId)) fetched += dataLength;
  });
  const seen = () => page.evaluate<Seen>('window.seen');
  try {
    await traced(page, trace, async () => {
      await page.goto(harness.pageFor(setup));
      await page.waitForFunction(drawn, null, { timeout: 120_000 });
    });
    const { firstPixels, problems } = await seen();
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '));
    await network.quiet();
    const middle = setup.viewers.map((viewer) => ({ ...viewer, link: `c${side / 2}_${side / 2}_0` }));
    await page.goto('about:blank');
    await page.goto(harness.pageFor({ ...setup, viewers: middle }));
    await page.waitForFunction(drawn, null, { timeout: 120_000 });
    await network.quiet();
    await page.evaluate('window.seen.watch = true');
    const before = await seen();
    const start = performance.now();
    for (const [right, down] of [
      [-1, 0],
      [-1, 0],
      [-1, 0],
      [0, -1],
      [0, -1],
      [1, 0],
    ] as const) {
      const [x, y] = [size.width / 2, size.height / 2];
      await page.mouse.move(x - (right * size.width) / 2.2, y - (down * size.height) / 2.2);
      await page.mouse.down();
      await page.mouse.move(x + (right * size.width) / 2.2, y + (down * size.height) / 2.2, { steps: 16 });
      await page.mouse.up();
    }
    const seconds = (performance.now() - start) / 1000;
    await network.quiet();
    const after = await seen();
    return {
      firstPixelsSeconds: (firstPixels ?? Number.NaN) / 1000,
      fetchedMb: fetched / 1e6,
      blankMs: after.longestBare,
      framesPerSecond: (after.frames - before.frames) / seconds,
    };
  } finally {
    await context.close();
  }
}
