import { expect, type Locator, type Page } from '@playwright/test';
import { dropFiles } from './drop-files.ts';

/** How somebody acts on a page: the same journey is gone by mouse and by keyboard. */
export interface Hand {
  /** A button, a link, a checkbox, one of several choices, a tab. */
  press(target: Locator): Promise<void>;
  /** Writes into a field what shall stand there alone. */
  write(target: Locator, text: string): Promise<void>;
  /** Chooses from a list the entry that fits. */
  choose(target: Locator, entry: RegExp): Promise<void>;
  /** Brings files: dropped on `place`, or chosen by `button`. */
  bring(files: readonly string[], place: Locator, button: Locator): Promise<void>;
}

/** Points, clicks and drops. */
export function mouseOf(page: Page): Hand {
  return {
    press: (target) => target.click(),
    async write(target, text) {
      await target.click();
      await target.fill(text);
    },
    async choose(target, entry) {
      await target.selectOption({ index: await placeOf(target, entry) });
    },
    bring: (files, place) => dropFiles(page, place, files),
  };
}

/** More stops than any page has: a target that has not been come to by then cannot be. */
const MOST_STOPS = 200;

/** Tab, Enter, Space, arrows and letters; nothing is focused that Tab does not lead to, or that does not show it. */
export function keyboardOf(page: Page): Hand {
  const key = (name: string) => page.keyboard.press(name);

  /** Goes on by Tab until `here` says yes. */
  const tabTo = async (target: Locator, here: () => Promise<boolean>) => {
    await expect(target).toBeEnabled();
    for (let stop = 0; stop <= MOST_STOPS; stop++) {
      if (await here()) return;
      await key('Tab');
    }
    throw new Error(`Tab does not lead to ${target}`);
  };
  const reach = async (target: Locator) => {
    await tabTo(target, () => isFocused(target));
    await expectRing(target);
  };

  /** Of a group that is one stop: goes to the group, then on by arrows. */
  const reachWithin = async (target: Locator, arrow: string) => {
    await tabTo(target, () => target.evaluate(isGroupFocused));
    for (let step = 0; !(await isFocused(target)); step++) {
      if (step > MOST_STOPS) throw new Error(`arrows do not lead to ${target}`);
      const before = await page.evaluateHandle('document.activeElement');
      await key(arrow);
      // The focus goes on a moment after the key.
      await expect.poll(() => before.evaluate(isActive)).toBe(false);
    }
    await expectRing(target);
  };

  return {
    async press(target) {
      await target.waitFor();
      const kind = await target.evaluate(kindOf);
      if (kind === 'radio') {
        await reachWithin(target, 'ArrowDown');
        if (!(await target.isChecked())) await key('Space');
      } else if (kind === 'tab') await reachWithin(target, 'ArrowRight');
      else {
        await reach(target);
        await key(kind === 'checkbox' ? 'Space' : 'Enter');
      }
    },
    async write(target, text) {
      await reach(target);
      await key('Control+A');
      await page.keyboard.type(text);
    },
    async choose(target, entry) {
      const place = await placeOf(target, entry);
      await reach(target);
      const chosen = () => target.evaluate((list: FoundElement) => list.selectedIndex);
      const arrow = (await chosen()) < place ? 'ArrowDown' : 'ArrowUp';
      for (let step = 0; (await chosen()) !== place; step++) {
        if (step > MOST_STOPS) throw new Error(`arrows do not lead to ${entry}`);
        await key(arrow);
      }
    },
    async bring(files, _place, button) {
      await reach(button);
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), key('Enter')]);
      await chooser.setFiles([...files]);
    },
  };
}

/** What is asked of an element in the browser. */
interface FoundElement {
  readonly localName: string;
  readonly type?: string;
  readonly name?: string;
  readonly selectedIndex: number;
  readonly ownerDocument: {
    readonly activeElement: FoundElement | null;
    readonly defaultView: { getComputedStyle(element: FoundElement): { readonly outlineStyle: string } };
  };
  closest(selector: string): FoundElement | null;
  getAttribute(name: string): string | null;
}

function isActive(element: FoundElement): boolean {
  return element === element.ownerDocument.activeElement;
}

function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate(isActive);
}

/** The ring of the focus stands around what has it, or around its label. */
async function expectRing(target: Locator): Promise<void> {
  await expect.poll(() => target.evaluate(hasRing), { message: `a ring around ${target}` }).toBe(true);
}

function hasRing(element: FoundElement): boolean {
  const { defaultView } = element.ownerDocument;
  return [element, element.closest('label')].some(
    (around) => around !== null && defaultView.getComputedStyle(around).outlineStyle !== 'none',
  );
}

/** Whether another radio button of the same name, or another tab of the same list, has the focus. */
function isGroupFocused(element: FoundElement): boolean {
  const focused = element.ownerDocument.activeElement;
  if (focused === null) return false;
  if (element.type === 'radio') return focused.type === 'radio' && focused.name === element.name;
  const list = element.closest('[role=tablist]');
  return list !== null && focused.closest('[role=tablist]') === list;
}

function kindOf(element: FoundElement): string {
  if (element.localName === 'input') return element.type ?? '';
  return element.getAttribute('role') ?? element.localName;
}

async function placeOf(list: Locator, entry: RegExp): Promise<number> {
  const entries = await list.getByRole('option').allTextContents();
  const place = entries.findIndex((text) => entry.test(text));
  if (place === -1) throw new Error(`no entry fits ${entry}: ${entries.join(', ')}`);
  return place;
}
