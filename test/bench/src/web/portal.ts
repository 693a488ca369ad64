import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, uploadFiles } from '@cellmixer/api-client';
import { drawCulture } from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';
import type { Harness } from '@cellmixer/web/viewer-harness';
import { z } from 'zod';
import { dropFiles } from '../../../journeys/drop-files.ts';
import { account, startServerUnderLoad } from '../ingest/server-under-load.ts';
import { median } from '../report.ts';
import { watchNetwork } from './network.ts';
import {
  figuresOf,
  type Page,
  type PageFigures,
  scriptsOfPages,
  signedIn,
  visitPage,
} from './portal-visits.ts';
import { traced } from './traced.ts';

export interface PortalOptions {
  readonly pictures: number;
  readonly visits: number;
  /** `upload`, `pages`; without the first the pictures come in through the API. */
  readonly parts: ReadonlySet<string>;
  /** Folder for a trace of each page, as Chromium's developer tools open it. */
  readonly trace?: string | undefined;
}

export interface PortalFigures {
  readonly upload?: Held & { readonly lost: number };
  readonly pages?: {
    /** kB of scripts, compressed, by kind of page. */
    readonly scripts: ReadonlyMap<string, number>;
    readonly project: PageFigures;
    readonly gallery: PageFigures;
  };
}

/** Pages of a project to which no link leads before there are models and results. */
const unlinked = ['runs/new', 'segmentation-runs/new', 'comparisons/new', 'people', 'trash'];

/** How long (ms) a thing may take before the benchmark gives up. */
const PATIENCE = 600_000;

const image = z.object({ name: z.string(), status: z.string() });

/** Where things lie on the server under load, and how to get there. */
interface Place {
  readonly lab: Lab;
  readonly context: Awaited<ReturnType<typeof signedIn>>;
  readonly dataset: string;
  /** The project's page. */
  readonly project: string;
  /** The dataset's page, with its gallery. */
  readonly gallery: string;
}

/** The portal as built, on a server of its own: pictures go in, then the pages that show them are visited. */
export async function measurePortal(harness: Harness, options: PortalOptions): Promise<PortalFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'cellmixer-web-'));
  const files = await drawPictures(join(folder, 'pictures'), options.pictures);
  const server = await startServerUnderLoad(join(folder, 'server'), 2);
  try {
    const { lab } = server;
    const { url } = lab.client;
    const input = { project: server.project, name: 'Plate 1', modality: 'PHASE_CONTRAST' };
    const dataset = await lab.make('createDataset', input, 'dataset');
    const context = await signedIn(harness, url, account);
    const project = `${url}/projects/${routeId(server.project)}`;
    const gallery = `${project}/datasets/${routeId(dataset)}`;
    const place = { lab, context, dataset, project, gallery };
    const { parts } = options;
    console.error(`portal: ${files.length} pictures go in`);
    const dropped = parts.has('upload') ? await dropAll(place, files, options.trace) : null;
    if (dropped === null) await uploadFiles(lab.client, dataset, files);
    const lost = await countLost(place, options.pictures);
    return {
      ...(dropped !== null && { upload: { ...dropped, lost } }),
      ...(parts.has('pages') && { pages: await visitPages(place, options) }),
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long (ms) the page is held up at most. */
interface Held {
  /** While files are dropped at once, sent, the page is reloaded in the midst and they are dropped again. */
  readonly longTask: number;
  /** How long at most the frame is held up that takes the files in the page's place, in a process of its own. */
  readonly frameTask: number;
  /** When the same files are chosen in the browser's dialog. */
  readonly choice: number;
  /** What dropping them takes the browser itself, on a page that does nothing with them. */
  readonly emptyDrop: number;
  /** What choosing them takes the browser itself, on such a page. */
  readonly emptyChoice: number;
}

/** Drops files at once, reloads the page in the midst and drops them again; then chooses them. */
async function dropAll(
  { lab, context, dataset, gallery }: Place,
  files: readonly string[],
  trace: string | undefined,
): Promise<Held> {
  const empty = await bringToEmptyPage(context, files);
  const page = await context.newPage();
  const network = watchNetwork(page);
  // Found in the panel alone: a search through all of the page would hold it up too.
  const panel = page.locator('section[aria-label="Upload"]');
  const drop = async () => {
    await network.quiet();
    await dropFiles(page, panel, files);
  };
  const sent = async () => {
    await panel.getByText('Clear the list').waitFor({ timeout: PATIENCE });
  };
  await page.goto(gallery);
  const held = await traced(page, trace && join(trace, 'upload.json'), async () => {
    await drop();
    const begun = async () => (await lab.list('Dataset', dataset, 'images', 'name status', image)).length;
    while ((await begun()) < files.length / 3) await lab.pause(500);
    const before = await heldUp(page);
    await page.reload();
    await drop();
    await sent();
    const after = await heldUp(page);
    return {
      longTask: Math.max(before.longTask, after.longTask),
      frameTask: Math.max(before.frameTask, after.frameTask),
    };
  });
  await page.reload();
  await network.quiet();
  await page.getByLabel('Files to upload').setInputFiles(files);
  await sent();
  const choice = (await figuresOf(page)).longTask;
  await page.close();
  return { ...held, choice, ...empty };
}

async function heldUp(page: Page): Promise<Pick<Held, 'longTask' | 'frameTask'>> {
  const [frame] = page.mainFrame().childFrames();
  if (frame === undefined) throw new Error('the page has no frame that takes files');
  return {
    longTask: (await figuresOf(page)).longTask,
    frameTask: (await figuresOf(frame)).longTask,
  };
}

/** A task is told of only where a script of the page runs in it: the empty page listens, and does nothing. */
async function bringToEmptyPage(
  context: Place['context'],
  files: readonly string[],
): Promise<Pick<Held, 'emptyDrop' | 'emptyChoice'>> {
  const once = async (bring: (page: Page) => Promise<void>) => {
    const page = await context.newPage();
    await page.setContent('<body style="height: 100vh"><input type="file" multiple>');
    await page.evaluate(`
      document.body.ondragover = document.body.ondrop = (event) => event.preventDefault();
      document.querySelector('input').onchange = () => {};`);
    await bring(page);
    await page.waitForTimeout(500);
    const { longTask } = await figuresOf(page);
    await page.close();
    return longTask;
  };
  const thrice = async (bring: (page: Page) => Promise<void>) =>
    median([await once(bring), await once(bring), await once(bring)]);
  return {
    emptyDrop: await thrice((page) => dropFiles(page, page.locator('body'), files)),
    emptyChoice: await thrice((page) => page.locator('input').setInputFiles([...files])),
  };
}

/** Waits until all that has come is read. @returns how many pictures are not there, are broken, or are there twice */
async function countLost({ lab, dataset }: Place, pictures: number): Promise<number> {
  for (;;) {
    const all = await lab.list('Dataset', dataset, 'images', 'name status', image);
    if (!all.some(({ status }) => status === 'INGESTING')) {
      const ready = all.filter(({ status }) => status === 'READY');
      return pictures - new Set(ready.map(({ name }) => name)).size + (all.length - ready.length);
    }
    await lab.pause(1000);
  }
}

async function visitPages(
  { lab, context, project, gallery }: Place,
  { pictures, visits, trace }: PortalOptions,
): Promise<NonNullable<PortalFigures['pages']>> {
  const scripts = await scriptsOfPages(context, lab.client.url, [
    ...['/', '/sign-in', '/keys', '/activity', '/trash'],
    ...unlinked.map((path) => `${new URL(project).pathname}/${path}`),
  ]);
  const showAll = async (page: Page) => {
    // By their place on the page: a search by roles or words would hold up the page that is measured.
    const names = page.locator('main li a[href*="/images/"]');
    const more = page.locator('main ul + button');
    await names.first().waitFor();
    for (let shown = await names.count(); shown < pictures; ) {
      await more.click();
      const [before, until] = [shown, Date.now() + PATIENCE];
      while (shown <= before) {
        if (Date.now() > until)
          throw new Error(`the gallery shows ${shown} of ${pictures} pictures, and no more`);
        await lab.pause(100);
        shown = await names.count();
      }
    }
    await page.mouse.wheel(0, -100_000);
  };
  if (trace !== undefined) {
    await visitPage(context, project, 1, { trace: join(trace, 'project.json') });
    await visitPage(context, gallery, 1, { work: showAll, trace: join(trace, 'gallery.json') });
  }
  console.error(`portal: project and gallery, ${visits} visits each`);
  return {
    scripts,
    project: await visitPage(context, project, visits),
    gallery: await visitPage(context, gallery, visits, { work: showAll }),
  };
}

/** Small pictures, no two alike, such as a plate gives. */
async function drawPictures(folder: string, count: number): Promise<string[]> {
  mkdirSync(folder);
  const paths: string[] = [];
  for (let i = 0; i < count; i++) {
    const { image } = drawCulture({ line: 'cobble', well: i, field: 1, seed: 1, width: 160, height: 120 });
    const path = join(folder, `plate1_${String(i).padStart(4, '0')}.png`);
    writeFileSync(path, await encodePng(image));
    paths.push(path);
  }
  return paths;
}

function routeId(id: string): string {
  return id.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
