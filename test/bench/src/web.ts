/**
 * `npm run bench:web`: how the portal feels, in Chromium with software rendering unless `--gpu`.
 *
 * The viewer opens a picture of 8,000 × 8,000 pixels of 16 bits with its class map from the embedded bucket:
 * `viewer.firstPixels` seconds to the first picture, `viewer.fetched` MB for looking at the whole, its middle one to
 * one, and six screens around it, `viewer.blank` the longest ms for which any part of the view was bare meanwhile.
 *
 * The portal runs as `npm start` runs it: a thousand pictures are dropped at once and, after a reload in the midst,
 * again (`upload.longTask` ms that the page was held up at most, `upload.frameTask` the frame in a process of its own
 * that takes them in the page's place, because the browser asks for the type of each file before it tells of them,
 * `upload.emptyDrop` a page that takes them itself and does nothing with them, `upload.lost` pictures that are not
 * there), and are chosen in the browser's dialog
 * (`upload.choice`, `upload.emptyChoice`: the browser makes files of all the names at once before a page is told); then
 * the project and the gallery of all of them are visited: `web.lcp` seconds to the largest paint, `web.cls` how much
 * moved, `web.longTask` ms; `web.javascript` kB of scripts that any page names, compressed. Medians of visits with
 * empty caches, of the worse page.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath, type Harness, startHarness, storePicture } from '@cellmixer/web/viewer-harness';
import { Command } from 'commander';
import { machine, median, printTable, writeFigures } from './report.ts';
import { drawSlide } from './web/drawn-slide.ts';
import { measurePortal } from './web/portal.ts';
import { type Visit, visit } from './web/visit.ts';

const options = new Command('bench:web')
  .option('--visits <n>', 'how often each is opened anew', Number, 5)
  .option('--side <n>', 'pixels on a side of the picture', Number, 8000)
  .option('--pictures <n>', 'pictures that are dropped at once', Number, 1000)
  .option('--only <part>', '`viewer`, `upload` or `pages` alone')
  .option(
    '--trace <folder>',
    'write a trace of each page there, for the developer tools of Chromium; it slows them',
  )
  .option('--gpu', 'let the browser use the graphics card')
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{
    visits: number;
    side: number;
    pictures: number;
    only?: string;
    trace?: string;
    gpu?: boolean;
    json?: string;
  }>();

if (chromiumPath() === null) throw new Error('there is no Chromium; install it or name it with CHROMIUM');
if (!(options.visits >= 1)) throw new Error('nothing is measured without a visit; give --visits at least 1');
const all = ['viewer', 'upload', 'pages'] as const;
const parts = new Set(all.filter((part) => options.only === undefined || part === options.only));
if (parts.size === 0) throw new Error(`--only is ${options.only}; give ${all.join(', ')}, or leave it out`);

if (options.trace !== undefined) mkdirSync(options.trace, { recursive: true });

const { side, pictures } = options;
await using harness = await startHarness({ gpu: options.gpu === true });
const figures: Record<string, number> = {};
const details: Record<string, unknown> = { side, pictures, gpu: options.gpu === true };
const bars: Readonly<Record<string, readonly [unit: string, bar?: number]>> = {
  'viewer.firstPixels': ['s', 1.5],
  'viewer.fetched': ['MB', 40],
  'viewer.blank': ['ms', 300],
  'viewer.frames': ['/s'],
  'web.javascript': ['kB', 200],
  'web.lcp': ['s', 1.5],
  'web.cls': ['', 0.02],
  'web.longTask': ['ms', 200],
  'upload.longTask': ['ms', 200],
  'upload.frameTask': ['ms'],
  'upload.emptyDrop': ['ms'],
  'upload.choice': ['ms'],
  'upload.emptyChoice': ['ms'],
  'upload.lost': ['pictures', 0],
};

try {
  await measure();
} finally {
  // What was measured before a part failed is kept.
  report();
}

async function measure(): Promise<void> {
  if (parts.has('viewer')) {
    const visits = await visitViewer(harness);
    const of = (take: (one: Visit) => number) => median(visits.map(take));
    figures['viewer.firstPixels'] = of((one) => one.firstPixelsSeconds);
    figures['viewer.fetched'] = of((one) => one.fetchedMb);
    figures['viewer.blank'] = of((one) => one.blankMs);
    figures['viewer.frames'] = of((one) => one.framesPerSecond);
    details.visits = visits;
  }
  if (parts.has('upload') || parts.has('pages')) {
    const { upload, pages } = await measurePortal(harness, { ...options, parts });
    if (upload !== undefined) {
      figures['upload.longTask'] = upload.longTask;
      figures['upload.frameTask'] = upload.frameTask;
      figures['upload.emptyDrop'] = upload.emptyDrop;
      figures['upload.choice'] = upload.choice;
      figures['upload.emptyChoice'] = upload.emptyChoice;
      figures['upload.lost'] = upload.lost;
    }
    if (pages !== undefined) {
      const { scripts, project, gallery } = pages;
      figures['web.javascript'] = Math.max(...scripts.values());
      figures['web.lcp'] = Math.max(project.lcp, gallery.lcp) / 1000;
      figures['web.cls'] = Math.max(project.shift, gallery.shift);
      figures['web.longTask'] = Math.max(project.longTask, gallery.longTask);
      details.scripts = Object.fromEntries(scripts);
      details.pages = { project, gallery };
      printTable(
        'kB of scripts, compressed',
        [...scripts].toSorted(([, a], [, b]) => b - a).map(([page, kB]) => ({ page, kB })),
      );
    }
  }
}

function report(): void {
  printTable(
    `A picture of ${side} × ${side}, ${pictures} uploads, ${options.gpu ? 'graphics card' : 'software rendering'}, ${machine().cpu}, ${options.visits} visits`,
    Object.entries(figures).map(([figure, value]) => ({
      figure,
      median: value,
      unit: bars[figure]?.[0],
      bar: bars[figure]?.[1],
    })),
  );
  if (options.json) writeFigures(options.json, figures, details);
}

async function visitViewer(open: Harness): Promise<Visit[]> {
  const { picture, classMap } = drawSlide(side);
  const objects = {
    picture: await storePicture(open.storage, 'picture', { picture, pixelSizeUm: 0.65 }, 3600),
    classMap: await storePicture(open.storage, 'classes', classMap, 3600),
  };
  // From 0 on, so that no pixel of the picture is as dark as the bare ground.
  const setContrast = [{ black: 0, white: 12_200 }];
  const classes = ['cobble', 'spindle', 'star'].map((name) => ({ name }));
  const setup = { viewers: [{ label: 'slide', classes, setContrast }], objects: [objects] };
  if (options.trace !== undefined) await visit(open, setup, side, join(options.trace, 'viewer.json'));
  const visits: Visit[] = [];
  for (let i = 0; i < options.visits; i++) {
    // Software rendering takes a minute or two for each.
    console.error(`viewer: visit ${i + 1} of ${options.visits}`);
    visits.push(await visit(open, setup, side));
  }
  return visits;
}
