import { statSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';

const spread = `(() => {
  const frame = document.querySelector('iframe');
  return frame === null || getComputedStyle(frame).pointerEvents !== 'none';
})()`;

/** Drops files as from a folder's window: the browser itself takes them in, which a made-up event would not do. */
export async function dropFiles(page: Page, place: Locator, files: readonly string[]): Promise<void> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('there is nothing to drop files on');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  // The pointer goes to the folder's window and comes back with the files.
  await page.mouse.move(x, y);
  await page.mouse.move(-10, y);
  // What is to lie over the page needs a moment; where nothing is, the page takes the files itself.
  await page.waitForFunction(spread, undefined, { timeout: 5000 }).catch(() => {});
  const session = await page.context().newCDPSession(page);
  const folders = files.some((path) => statSync(path).isDirectory());
  const steps = [
    ['dragEnter', 1],
    // What lies over the page gives way to folders; then they come to the page, as a browser would tell it.
    ...(folders ? ([['dragEnter', x]] as const) : []),
    ['dragOver', x],
    ['drop', x],
  ] as const;
  for (const [type, at] of steps) {
    if (type !== 'drop') await page.waitForTimeout(200);
    await session.send('Input.dispatchDragEvent', {
      type,
      x: at,
      y,
      data: { items: [], files: [...files], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}
