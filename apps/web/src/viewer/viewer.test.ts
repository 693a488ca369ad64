import { openImage } from '@cellmixer/imaging';
import type { Raster } from '@cellmixer/pixels';
import { chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HarnessSetup } from './harness/page-contract.ts';
import { chromiumPath, type Harness, startHarness } from './harness/start-harness.ts';
import { storePicture } from './harness/store-picture.ts';
import { rgbOf } from './palette.ts';

// A picture of two greys. On it class 1 (filled), class 7 (filled and always outlined), and a cell of no class.
const [width, height] = [1400, 1100];
const greys = [64, 191] as const;
const cells = [
  { class: 1, left: 200, top: 200 },
  { class: 7, left: 500, top: 200 },
  { class: 0, left: 200, top: 600 },
  { class: 1, left: 900, top: 600 },
];
const side = 160;

const classes = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((name) => ({ name }));
const viewer = { label: 'A1', classes, setContrast: [{ black: 0, white: 4080 }] };
const size = { width: 800, height: 600 };

/** How long anything may take on a busy machine that draws without a graphics card. */
const patience = { timeout: 90_000, interval: 150 };

describe.skipIf(chromiumPath() === null)(
  'the viewer in a browser (needs Chromium; CHROMIUM names it)',
  () => {
    let harness: Harness;
    let objects: HarnessSetup['objects'][number];
    let page: Page;

    beforeAll(async () => {
      harness = await startHarness();
      const data = Uint16Array.from(
        { length: width * height },
        (_, i) => 16 * greys[i % width < 700 ? 0 : 1],
      );
      const classMap = new Uint8Array(width * height);
      const otherMap = new Uint8Array(width * height);
      const instances = new Int32Array(width * height);
      cells.forEach((cell, i) => {
        for (let y = cell.top; y < cell.top + side; y++) {
          const [from, to] = [y * width + cell.left, y * width + cell.left + side];
          classMap.fill(cell.class, from, to);
          otherMap.fill(i === 3 ? 2 : cell.class, from, to);
          instances.fill(i + 1, from, to);
        }
      });
      const { storage } = harness;
      const map = { width, height };
      objects = {
        picture: await storePicture(storage, 'picture', {
          picture: { ...map, channels: 1, data },
          pixelSizeUm: 0.5,
        }),
        classMap: await storePicture(storage, 'classes', { ...map, data: classMap }),
        otherMap: await storePicture(storage, 'other', { ...map, data: otherMap }),
        instances: await storePicture(storage, 'instances', { ...map, data: instances }),
      };
      page = await harness.browser.newPage({ viewport: size });
      page.setDefaultTimeout(90_000);
      await page.exposeFunction('renewAddress', async (url: string) =>
        url.includes('X-Amz-Signature=0000') ? objects.picture : url,
      );
    });
    afterAll(async () => await harness?.[Symbol.asyncDispose]());

    async function show(link: string, given = objects, more: Partial<typeof viewer> = {}): Promise<void> {
      await page.goto('about:blank');
      await page.goto(harness.pageFor({ viewers: [{ ...viewer, ...more, link }], objects: [given] }));
    }

    /** Waits until the page shows these colours, each within 3 steps, at points of the page. */
    async function expectColours(
      points: readonly (readonly [number, number, readonly number[]])[],
    ): Promise<void> {
      await expect
        .poll(async () => {
          const shot = await screenshot(page);
          return points.filter(([x, y, colour]) => {
            const found = pixel(shot, x, y);
            return colour.some((value, i) => Math.abs(value - found[i]!) > 3);
          });
        }, patience)
        .toEqual([]);
    }

    // At zoom 0 around the picture's middle (700, 550), the page's pixel (x, y) is the picture's (x + 300, y + 250).
    const middle = 'c700_550_0';
    const at = (x: number, y: number): [number, number] => [x - 300, y - 250];
    const grey = (value: number): number[] => [value, value, value];
    const over = (hex: string, share: number, value: number): number[] =>
      rgbOf(hex).map((part) => value + share * (part - value));

    it('shows 16 bits by the contrast given, classes in their colours, outlines where the palette wants them', async () => {
      await show(middle);
      await expectColours([
        [...at(450, 450), grey(greys[0])],
        [...at(1000, 450), grey(greys[1])],
        [...at(980, 680), over('#56B4E9', 0.35, greys[1])],
        [...at(580, 280), over('#CC79A7', 0.35, greys[0])],
        // The outline inside the edge of class 7, and none of class 1, whose edge is plain.
        [...at(500, 280), rgbOf('#CC79A7')],
        [...at(901, 680), over('#56B4E9', 0.35, greys[1])],
      ]);
    });

    it('finds the contrast itself where none is given', async () => {
      const { setContrast: _, ...bare } = viewer;
      await page.goto('about:blank');
      await page.goto(harness.pageFor({ viewers: [{ ...bare, link: middle }], objects: [objects] }));
      await expectColours([
        [...at(450, 450), grey(0)],
        [...at(1000, 450), grey(255)],
      ]);
    });

    it('hides a class and draws outlines on keys, and a link brings that back', async () => {
      await show(middle);
      await expectColours([[...at(980, 680), over('#56B4E9', 0.35, greys[1])]]);
      await page.focus('[role=application]');
      await page.keyboard.press('1');
      await expectColours([[...at(980, 680), grey(greys[1])]]);
      await page.keyboard.press('o');
      await page.keyboard.press('ArrowRight');
      const changed = [
        [...at(580 - 64, 280), grey(greys[0])],
        [...at(500 - 64, 280), rgbOf('#CC79A7')],
      ] as [number, number, number[]][];
      await expectColours(changed);
      await expect.poll(() => page.evaluate(() => window.seen.link), patience).toContain('c764_550_0');
      const link = await page.evaluate(() => window.seen.link);
      const before = await screenshot(page);
      await show(link);
      await expectColours(changed);
      await page.mouse.move(0, 0);
      await expect.poll(async () => differing(await screenshot(page), before), patience).toBe(0);
    });

    it('stripes what two maps disagree on in both colours and fades the rest', async () => {
      await show(`${middle}*m100103`);
      await expectColours([[...at(580, 280), over('#CC79A7', 0.12, greys[0])]]);
      const shot = await screenshot(page);
      const found = Array.from({ length: 40 }, (_, i) =>
        pixel(shot, at(940 + i, 680)[0], at(940 + i, 680)[1]),
      );
      for (const hex of ['#56B4E9', '#E69F00']) {
        const colour = over(hex, 0.9, greys[1]);
        const share = found.filter((one) => one.every((v, i) => Math.abs(v - colour[i]!) <= 3)).length / 40;
        expect(share, hex).toBeGreaterThan(0.3);
      }
    });

    it('tells which cell was clicked on and which lie in a lasso', async () => {
      await show('c500_550_-0.5');
      await expect
        .poll(() => page.locator('[role=application]').getAttribute('data-ready'), patience)
        .toBe('true');
      const scale = 2 ** -0.5;
      const place = (x: number, y: number): [number, number] => [
        400 + (x - 500) * scale,
        300 + (y - 550) * scale,
      ];
      await expectColours([[...place(580, 280), over('#CC79A7', 0.35, greys[0])]]);
      await page.mouse.click(...place(580, 280));
      await expect
        .poll(() => page.evaluate(() => window.seen.picks), patience)
        .toEqual([{ labels: [2], how: 'click' }]);
      await page.getByRole('button', { name: /lasso/ }).click();
      await page.mouse.move(...place(150, 150));
      await page.mouse.down();
      for (const [x, y] of [
        [700, 150],
        [700, 400],
        [400, 400],
        [400, 800],
        [150, 800],
      ] as const) {
        await page.mouse.move(...place(x, y), { steps: 4 });
      }
      await page.mouse.up();
      await expect
        .poll(() => page.evaluate(() => window.seen.picks.at(-1)), patience)
        .toEqual({ labels: [1, 2, 3], how: 'lasso' });
    });

    it('moves linked views together', async () => {
      const both = [viewer, { ...viewer, label: 'A2' }].map((one) => ({ ...one, link: '' }));
      await page.goto('about:blank');
      await page.goto(harness.pageFor({ viewers: both, objects: [objects, objects] }));
      const views = page.locator('[role=application]');
      await expect
        .poll(
          () => views.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.ready)),
          patience,
        )
        .toEqual(['true', 'true']);
      await views.nth(0).focus();
      await page.keyboard.press('+');
      await page.keyboard.press('+');
      await expect
        .poll(async () => {
          const shot = await screenshot(page);
          let unlike = 0;
          for (let y = 220; y < 500; y += 4) {
            for (let x = 60; x < 340; x += 4) {
              if (pixel(shot, x, y).some((v, i) => Math.abs(v - pixel(shot, x + 401, y)[i]!) > 3)) unlike++;
            }
          }
          return unlike;
        }, patience)
        .toBeLessThan(50);
      const bars = await page.locator('text=/µm/').allTextContents();
      expect(bars[0]).toBe(bars[1]);
    });

    it('asks for a fresh address once one has expired, and goes on', async () => {
      const expired = (objects.picture ?? '').replace(/X-Amz-Signature=..../, 'X-Amz-Signature=0000');
      await show(middle, { ...objects, picture: expired });
      await expectColours([[...at(450, 450), grey(greys[0])]]);
      expect(await page.evaluate(() => [window.seen.renewals, window.seen.problems])).toEqual([1, []]);
    });

    it('says what cannot be reached, and what to do', async () => {
      const gone = (objects.classMap ?? '').replace('/classes?', '/nothing?');
      await show(middle, { picture: gone });
      await page.getByRole('alert').waitFor();
      const [problem] = await page.evaluate(() => window.seen.problems);
      expect(problem).toMatchObject({ code: 'PICTURE_UNREACHABLE' });
      expect(await page.getByRole('alert').textContent()).toContain(problem?.cure);
    });

    it('says so where the browser cannot draw', async () => {
      const blind = await chromium.launch({
        executablePath: chromiumPath() ?? '',
        args: ['--no-sandbox', '--disable-3d-apis'],
      });
      try {
        const elsewhere = await blind.newPage({ viewport: size });
        await elsewhere.goto(harness.pageFor({ viewers: [{ ...viewer, link: middle }], objects: [objects] }));
        const alert = elsewhere.getByRole('alert');
        await alert.waitFor({ timeout: 90_000 });
        expect(await alert.textContent()).toContain('it has no WebGL 2');
        expect(await elsewhere.evaluate(() => window.seen.problems.map(({ code }) => code))).toEqual([
          'WEBGL_MISSING',
        ]);
      } finally {
        await blind.close();
      }
    });
  },
);

async function screenshot(page: Page): Promise<Raster> {
  const png = await page.screenshot();
  return await (await openImage(new Uint8Array(png), { storedValues: true })).read();
}

function pixel({ width: across, height: down, data }: Raster, x: number, y: number): number[] {
  const i = Math.round(y) * across + Math.round(x);
  return [0, 1, 2].map((channel) => data[channel * across * down + i]!);
}

/** How many pixels of the picture differ; the line of the read-out and the focus ring are left out. */
function differing(a: Raster, b: Raster): number {
  let count = 0;
  for (let y = 8; y < size.height - 48; y += 2) {
    for (let x = 48; x < size.width - 8; x += 2) {
      const [p, q] = [pixel(a, x, y), pixel(b, x, y)];
      if (p.some((value, i) => Math.abs(value - q[i]!) > 3)) count++;
    }
  }
  return count;
}
