import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng, writeOmeTiffPyramid } from '@cellmixer/imaging';
import { z } from 'zod';
import { beginProject } from './begin-project.ts';
import { dropFiles } from './drop-files.ts';
import { expect, test } from './journey.ts';

test.setTimeout(900_000);

const PICTURES = 240;
const image = z.object({ name: z.string(), status: z.string(), checksum: z.string().nullable() });
const opened = z.object({
  node: z.object({ uploads: z.array(z.object({ partsThere: z.array(z.object({ part: z.number() })) })) }),
});

test('a page that is closed in the midst of an upload loses nothing: dropped again, what has arrived is left out', async ({
  lab: page,
  session,
  server,
  look,
}) => {
  expect(session.length).toBeGreaterThan(0);
  const folder = mkdtempSync(join(tmpdir(), 'cm-uploads-'));
  for (let i = 0; i < PICTURES; i++) {
    const data = new Uint8Array(64 * 48).fill(100 + (i % 100));
    data[0] = i >> 8;
    data[1] = i & 255;
    const png = await encodePng({ width: 64, height: 48, channels: 1, data });
    writeFileSync(join(folder, `plate1_${String(i).padStart(4, '0')}.png`), png);
  }
  writeFileSync(join(folder, 'empty.tif'), '');
  const files = readdirSync(folder).map((name) => join(folder, name));
  const { lab, addDataset } = await beginProject(server, 'Many files');
  const { dataset, address } = await addDataset('Plate 1');

  await page.goto(address);
  await page.getByLabel('Files to upload').setInputFiles(files);
  await expect(page.getByText(/of 241 files sent/)).toBeVisible();
  await expect
    .poll(() =>
      lab.list('Dataset', dataset, 'images', 'name status checksum', image).then((all) => all.length),
    )
    .toBeGreaterThan(50);
  await page.reload();
  // It comes when the page is live.
  await expect(page.locator('iframe')).toBeAttached();
  await dropFiles(page, page.getByRole('heading', { level: 1 }), files);
  const counts = page.getByText(/^\d+ files? sent, 1 not · \d+ were here already$/);
  await expect(counts).toBeVisible({ timeout: 300_000 });
  const [sent = 0, , here = 0] = ((await counts.textContent()) ?? '').match(/\d+/g)?.map(Number) ?? [];
  expect(sent + here).toBe(PICTURES);
  expect(here).toBeGreaterThan(0);
  await expect(page.getByText('The file is empty. Export it again.')).toBeVisible();
  await look(page, 'uploads-again');
  const there = await lab.list('Dataset', dataset, 'images', 'name status checksum', image);
  expect(there.map(({ name }) => name).sort()).toEqual(
    Array.from({ length: PICTURES }, (_, i) => `plate1_${String(i).padStart(4, '0')}.png`),
  );
  rmSync(folder, { recursive: true, force: true });
});

test('what does not get through at first is sent again by itself', async ({
  lab: page,
  session,
  server,
  look,
}) => {
  expect(session.length).toBeGreaterThan(0);
  const folder = mkdtempSync(join(tmpdir(), 'cm-again-'));
  const names = ['MCF7 day3 001.png', 'MCF7 day3 002.png', 'MCF7 day5 001.png', 'overview.png'];
  for (const [i, name] of names.entries()) {
    const data = new Uint8Array(64 * 48).fill(60 * (i + 1));
    writeFileSync(join(folder, name), await encodePng({ width: 64, height: 48, channels: 1, data }));
  }
  const { lab, addDataset } = await beginProject(server, 'A bad line');
  const { dataset, address } = await addDataset('Flask 1');
  // Each is broken once: the front door has no server behind it, the answer is lost, the store is away.
  const open = new Set(['KnownFiles', 'CreateUploads', 'CompleteUploads', 'PUT']);
  await page.route('**/*', async (route) => {
    const request = route.request();
    const asked = /"operationName":"(\w+)"/.exec(request.postData() ?? '')?.[1] ?? '';
    const what = request.method() === 'PUT' ? 'PUT' : asked;
    if (!open.delete(what)) return route.fallback();
    if (what === 'KnownFiles' || what === 'PUT')
      return route.fulfill({ status: 502, contentType: 'text/plain', body: 'Bad gateway' });
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.goto(address);
  await page.getByLabel('Files to upload').setInputFiles(names.map((name) => join(folder, name)));
  await expect(page.getByText('It is sent again by itself')).toBeVisible({ timeout: 60_000 });
  await look(page, 'uploads-sent-again');
  await expect(page.getByText('4 files sent', { exact: true })).toBeVisible({ timeout: 120_000 });
  await expect(page.getByText('Not sent')).toHaveCount(0);
  expect([...open]).toEqual([]);
  const there = await lab.list('Dataset', dataset, 'images', 'name status checksum', image);
  expect(there.map(({ name }) => name).sort()).toEqual(names);

  // Three of four names are not nearly all: a pattern is offered, and says what does not fit once it is taken.
  await expect(page.getByLabel('Or read it from the file names')).toHaveValue('', { timeout: 60_000 });
  await page.getByRole('button', { name: '{line} {time} {site}' }).click();
  await expect(page.getByText('Fits 3 of 4 names')).toBeVisible();
  await expect(page.getByText('line MCF7, site 1, time 72 h')).toBeVisible();
  await expect(page.getByText('After "overview" the name ends')).toBeVisible();
  await look(page, 'dataset-pattern');
  rmSync(folder, { recursive: true, force: true });
});

test('folders are dropped anywhere on the page; a store that says nothing is asked again', async ({
  lab: page,
  session,
  server,
  look,
}) => {
  expect(session.length).toBeGreaterThan(0);
  const folder = mkdtempSync(join(tmpdir(), 'cm-folder-'));
  const [plate, odd] = [join(folder, 'plate'), join(folder, 'odd.tif')];
  mkdirSync(join(plate, 'day 3'), { recursive: true });
  mkdirSync(odd);
  for (const [i, path] of [join(plate, 'a.png'), join(plate, 'day 3', 'b.png')].entries()) {
    const data = new Uint8Array(64 * 48).fill(90 * (i + 1));
    writeFileSync(path, await encodePng({ width: 64, height: 48, channels: 1, data }));
  }
  writeFileSync(join(plate, '.DS_Store'), 'not a picture');
  const { lab, addDataset } = await beginProject(server, 'Folders');
  const { dataset, address } = await addDataset('Flask 1');
  // The store takes the first file and never answers.
  let silent = false;
  await page.route('**/*', (route) => {
    if (route.request().method() !== 'PUT' || silent) return route.fallback();
    silent = true;
    return new Promise(() => {});
  });
  await page.clock.install();
  await page.goto(address);
  await expect(page.locator('iframe')).toBeAttached();
  const heading = page.getByRole('heading', { level: 1 });
  await dropFiles(page, heading, [odd]);
  await expect(page.getByText('Cannot be read: odd.tif.')).toBeVisible();
  await look(page, 'uploads-unread');
  await dropFiles(page, heading, [plate]);
  await expect(page.getByText('Cannot be read')).toHaveCount(0);
  await expect.poll(() => silent).toBe(true);
  await expect(page.getByText('0 of 2 files sent')).toBeVisible();
  await page.clock.fastForward(121_000);
  await expect(page.getByText('2 files sent', { exact: true })).toBeVisible({ timeout: 60_000 });
  const there = await lab.list('Dataset', dataset, 'images', 'name status checksum', image);
  expect(there.map(({ name }) => name).sort()).toEqual(['a.png', 'b.png']);
  // The page is a person's again.
  await page.getByRole('tab', { name: /Snapshots/ }).click();
  await expect(page.getByRole('tab', { name: /Snapshots/ })).toHaveAttribute('aria-selected', 'true');
  rmSync(folder, { recursive: true, force: true });
});

test('a file above 64 MiB goes in parts, and goes on where it broke off', async ({
  lab: page,
  session,
  server,
}) => {
  expect(session.length).toBeGreaterThan(0);
  const folder = mkdtempSync(join(tmpdir(), 'cm-large-'));
  const path = join(folder, 'slide.ome.tiff');
  const [width, height] = [6000, 6000];
  // Noise: it cannot be packed.
  const noise = randomBytes(2 * width * height);
  const data = new Uint16Array(noise.buffer, noise.byteOffset, width * height);
  const { bytes } = await writeOmeTiffPyramid({
    path,
    picture: { width, height, channels: 1, data },
    pixelSizeUm: 0.5,
  });
  expect(bytes).toBeGreaterThan(80 * 2 ** 20);
  const { lab, addDataset } = await beginProject(server, 'Slides');
  const { dataset, address } = await addDataset('Slides');
  await page.goto(address);
  // The line breaks after three parts.
  let allowed = 3;
  await page.route(/partNumber=/, (route) => (allowed-- > 0 ? route.continue() : route.abort()));
  await page.getByLabel('Files to upload').setInputFiles(path);
  const came = async () => {
    const query = 'query($id: ID!) { node(id: $id) { ... on Dataset { uploads { partsThere { part } } } } }';
    const { node } = await lab.client.request(query, { id: dataset }, opened);
    return node.uploads[0]?.partsThere.length ?? 0;
  };
  await expect.poll(came, { timeout: 240_000 }).toBe(3);
  // While it is broken the page tries again: it is mended behind a page that is gone.
  await page.reload();
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  let sent = 0;
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent++;
  });
  await page.getByLabel('Files to upload').setInputFiles(path);
  await expect(page.getByText('1 file sent', { exact: true })).toBeVisible({ timeout: 240_000 });
  // None that had come before was sent again.
  expect(sent).toBe(Math.ceil(bytes / (16 * 2 ** 20)) - 3);
  await expect
    .poll(() => lab.list('Dataset', dataset, 'images', 'name status checksum', image), { timeout: 240_000 })
    .toEqual([{ name: 'slide.ome.tiff', status: 'READY', checksum: sha256Of(path) }]);
  rmSync(folder, { recursive: true, force: true });
});

function sha256Of(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
