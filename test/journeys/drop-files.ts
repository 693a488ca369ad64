import type { Locator, Page } from '@playwright/test';

/** Drops files as from a folder's window: the browser itself takes them in, which a made-up event would not do. */
export async function dropFiles(page: Page, place: Locator, files: readonly string[]): Promise<void> {
  const box = await place.boundingBox();
  if (box === null) throw new Error('there is nothing to drop files on');
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [], files: [...files], dragOperationsMask: 1 },
    });
  }
  await session.detach();
}
