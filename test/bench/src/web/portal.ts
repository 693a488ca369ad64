import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawCulture } from '@cellmixer/demo-cultures';
import { encodePng } from '@cellmixer/imaging';
import type { Harness } from '@cellmixer/web/viewer-harness';
import { z } from 'zod';
import { account, startServerUnderLoad } from '../ingest/server-under-load.ts';
import { figuresOf, type PageFigures, scriptsOfPages, signedIn, visitPage } from './portal-visits.ts';

export interface PortalFigures {
  /** kB of scripts, compressed, by kind of page. */
  readonly scripts: ReadonlyMap<string, number>;
  readonly project: PageFigures;
  readonly gallery: PageFigures;
  readonly upload: { readonly longTask: number; readonly lost: number };
}

/** Pages of a project to which no link leads before there are models and results. */
const unlinked = ['runs/new', 'segmentation-runs/new', 'comparisons/new', 'people', 'trash'];

const image = z.object({ name: z.string(), status: z.string() });

/**
 * The portal as built, on a server of its own: pictures are dropped at once, the page is reloaded in the midst and they
 * are dropped again; then the project and the gallery that shows them all are visited.
 */
export async function measurePortal(
  harness: Harness,
  { pictures, visits }: { readonly pictures: number; readonly visits: number },
): Promise<PortalFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'cellmixer-web-'));
  const files = await drawPictures(join(folder, 'pictures'), pictures);
  const server = await startServerUnderLoad(join(folder, 'server'), 2);
  try {
    const { lab, project } = server;
    const { url } = lab.client;
    const input = { project, name: 'Plate 1', modality: 'PHASE_CONTRAST' };
    const dataset = await lab.make('createDataset', input, 'dataset');
    const list = () => lab.list('Dataset', dataset, 'images', 'name status', image);
    const context = await signedIn(harness, url, account);
    const projectAddress = `${url}/projects/${routeId(project)}`;
    const address = `${projectAddress}/datasets/${routeId(dataset)}`;

    const page = await context.newPage();
    await page.goto(address);
    const choose = async () => {
      await page.waitForLoadState('networkidle');
      await page.getByLabel('Files to upload').setInputFiles(files);
    };
    await choose();
    while ((await list()).length < pictures / 3) await lab.pause(500);
    const before = await figuresOf(page);
    await page.reload();
    await choose();
    const done = `${pictures.toLocaleString('en-GB')} files sent`;
    await page.getByText(done).first().waitFor({ timeout: 3_600_000 });
    await page.getByRole('button', { name: 'Clear the list' }).waitFor({ timeout: 3_600_000 });
    const after = await figuresOf(page);
    await page.close();
    let all = await list();
    while (all.some(({ status }) => status === 'INGESTING')) {
      await lab.pause(1000);
      all = await list();
    }
    const ready = all.filter(({ status }) => status === 'READY');
    const lost = pictures - new Set(ready.map(({ name }) => name)).size + (all.length - ready.length);

    const scripts = await scriptsOfPages(context, url, [
      ...['/', '/sign-in', '/keys', '/activity', '/trash'],
      ...unlinked.map((path) => `${new URL(projectAddress).pathname}/${path}`),
    ]);
    const ofProject = await visitPage(context, projectAddress, visits);
    const ofGallery = await visitPage(context, address, visits, async (gallery) => {
      const names = gallery.getByText(/^plate1_\d+\.png$/);
      for (let shown = await names.count(); shown < pictures; ) {
        await gallery.getByRole('button', { name: 'Show more' }).click();
        const before = shown;
        while (shown <= before) {
          await lab.pause(100);
          shown = await names.count();
        }
      }
      await gallery.mouse.wheel(0, -100_000);
    });
    const longTask = Math.max(before.longTask, after.longTask);
    return { scripts, project: ofProject, gallery: ofGallery, upload: { longTask, lost } };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
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
