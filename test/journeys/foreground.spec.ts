import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, mutate, uploadFiles } from '@cellmixer/api-client';
import {
  type ForegroundRegion,
  foregroundParametersSchema,
  makeMask,
  measureBackground,
} from '@cellmixer/cellmixer/foreground';
import { readFloatImage } from '@cellmixer/imaging';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { beginProject } from './begin-project.ts';
import { drawForegroundPictures } from './foreground-pictures.ts';
import { expect, test } from './journey.ts';

test.setTimeout(600_000);

/** A mask as the browser's worker gave it, with what it was asked. */
interface Heard {
  readonly parameters: unknown;
  readonly region: ForegroundRegion;
  /** One character a pixel. */
  readonly mask: string;
  readonly trimap: string;
}

const found = z.object({
  id: z.string(),
  revision: z.number(),
  light: z.enum(['transmitted', 'stained', 'fluorescence']),
  parameters: z.unknown(),
  maskUrl: z.string(),
});

test('sliders draw in the browser, bit by bit, what the server finds once they are applied', async ({
  lab: page,
  session,
  server,
  look,
}) => {
  expect(session.length).toBeGreaterThan(0);
  await page.addInitScript(listener);
  const folder = mkdtempSync(join(tmpdir(), 'cm-foreground-'));
  const { lab, addDataset } = await beginProject(server, 'Foreground');
  const line = await lab.make(
    'registerCellLine',
    { organization: lab.organization, name: 'U-2 OS' },
    'cellLine',
  );

  for (const { modality, path } of await drawForegroundPictures(folder)) {
    const { dataset, address } = await addDataset(modality, modality);
    const [sent] = await uploadFiles(lab.client, dataset, [path]);
    const labels = [{ sample: 'A1', images: [sent?.imageId], cellLines: [line] }];
    await mutate(lab.client, 'labelImages', { dataset, labels }, 'images { id }', z.unknown());
    const first = await maskOf(lab, dataset, 1);

    await page.goto(`${address}/foreground`);
    await page.getByText('Tune what counts as cell').click();
    await expect.poll(() => countOf(page), { timeout: 120_000 }).toBe(1);
    expect(differences((await heardBy(page))[0]?.trimap, await storedTrimap(first.maskUrl))).toBe(0);

    // Each slider a little, and some at their ends.
    await press(page, 'How far above the background', 'ArrowRight', 4);
    await press(page, 'Smallest cell', 'ArrowRight', 3);
    await press(page, 'Gaps that are closed', 'PageUp', 1);
    await press(page, 'Taken off the border', 'ArrowRight', 1);
    await press(page, 'Undecided along the border', 'ArrowRight', 2);
    const whole = await countOf(page);
    await page.getByRole('button', { name: 'Full size', exact: true }).click();
    await expect.poll(() => countOf(page)).toBeGreaterThan(whole);
    await page.getByRole('button', { name: /in full size, with the mask/ }).press('ArrowRight');
    await page.getByRole('button', { name: /in full size, with the mask/ }).press('ArrowDown');
    await expect.poll(() => countOf(page)).toBeGreaterThan(whole + 1);
    if (modality === 'STAINED') await look(page, 'foreground-part');
    await page.getByRole('button', { name: 'Whole picture' }).click();
    await settled(page);
    if (modality === 'PHASE_CONTRAST') await look(page, 'foreground-tuned');

    // All that was drawn meanwhile, whole pictures and parts with what lies around them, against Node.
    const image = await readFloatImage(path);
    const { feature, deviationSigma } = foregroundParametersSchema.parse(first.parameters);
    const background = measureBackground(image, { modality: first.light, feature, deviationSigma });
    const heard = await heardBy(page);
    expect(heard.length).toBeGreaterThanOrEqual(8);
    for (const { parameters, region, mask, trimap } of heard) {
      const here = makeMask(background, foregroundParametersSchema.parse(parameters), region);
      expect(differences(mask, here.mask.data), JSON.stringify({ modality, parameters, region })).toBe(0);
      expect(differences(trimap, here.trimap.data), JSON.stringify({ modality, parameters, region })).toBe(0);
    }

    await page.getByRole('button', { name: 'Apply to all pictures' }).click();
    const second = await maskOf(lab, dataset, 2);
    const last = heard.at(-1);
    expect(second.parameters).toEqual(last?.parameters);
    expect(differences(last?.trimap, await storedTrimap(second.maskUrl)), modality).toBe(0);
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Keeps what pages ask of the worker that makes masks, and what it answers. */
const listener = `
  const asked = new Map();
  globalThis.heard = [];
  globalThis.masksUnderWay = 0;
  const write = (bytes) => Array.from(bytes, (byte) => (byte === 255 ? '?' : byte)).join('');
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (data.kind !== 'mask') return;
        masksUnderWay--;
        heard.push({ ...asked.get(data.id), mask: write(data.mask), trimap: write(data.trimap) });
      });
    }
    postMessage(message, ...rest) {
      if (message.kind === 'mask') {
        masksUnderWay++;
        asked.set(message.id, { parameters: message.parameters, region: message.region });
      }
      super.postMessage(message, ...rest);
    }
  };`;

function heardBy(page: Page): Promise<Heard[]> {
  return page.evaluate('heard');
}

function countOf(page: Page): Promise<number> {
  return page.evaluate('heard.length');
}

/** Moves a slider and waits until its mask is drawn. */
async function press(page: Page, label: string, key: string, times: number): Promise<void> {
  const before = await countOf(page);
  const slider = page.getByRole('slider', { name: label });
  for (let i = 0; i < times; i++) await slider.press(key);
  await expect.poll(() => countOf(page)).toBeGreaterThan(before);
  await settled(page);
}

/**
 * Until no mask is being made: what the page has asked for by its next two frames has come, and it asks for the newest
 * as soon as it has the one before.
 */
async function settled(page: Page): Promise<void> {
  const underWay = `new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => done(masksUnderWay)));
  })`;
  await expect.poll(() => page.evaluate(underWay)).toBe(0);
}

/** The newest mask of the one picture of a dataset, once it has that revision. */
async function maskOf(lab: Lab, dataset: string, revision: number): Promise<z.output<typeof found>> {
  for (;;) {
    const fields = 'id revision light parameters maskUrl';
    const [mask] = await lab.list('Dataset', dataset, 'foregrounds', fields, found);
    if (mask !== undefined && mask.revision >= revision) return mask;
    await lab.pause(300);
  }
}

/** Values as `makeMask` gives them, from the PNG that the server keeps. */
async function storedTrimap(url: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  const { data } = await readFloatImage(bytes);
  return Uint8Array.from(data, (value) => (value === 255 ? 1 : value === 128 ? 255 : value));
}

/** Pixels that differ; all of them where the sizes do. */
function differences(heard: string | undefined, expected: Uint8Array): number {
  if (heard?.length !== expected.length) return expected.length;
  let count = 0;
  for (let i = 0; i < expected.length; i++) {
    const value = heard[i] === '?' ? 255 : Number(heard[i]);
    if (value !== expected[i]) count++;
  }
  return count;
}
