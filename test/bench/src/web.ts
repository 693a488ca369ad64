/**
 * `npm run bench:web`: how the portal feels. The viewer opens a picture of 8,000 × 8,000 pixels of 16 bits with its class
 * map from the embedded bucket, in Chromium with software rendering unless `--gpu`: `viewer.firstPixels` seconds to the
 * first picture, `viewer.fetched` MB for looking at the whole, its middle one to one, and six screens around it,
 * `viewer.blank` the longest ms for which any part of the view was bare meanwhile. Medians of visits with empty caches.
 */
import { chromiumPath, startHarness, storePicture } from '@cellmixer/web/viewer-harness';
import { Command } from 'commander';
import { machine, median, printTable, writeFigures } from './report.ts';
import { drawSlide } from './web/drawn-slide.ts';
import { type Visit, visit } from './web/visit.ts';

const options = new Command('bench:web')
  .option('--visits <n>', 'how often the picture is opened anew', Number, 5)
  .option('--side <n>', 'pixels on a side of the picture', Number, 8000)
  .option('--gpu', 'let the browser use the graphics card')
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{ visits: number; side: number; gpu?: boolean; json?: string }>();

if (chromiumPath() === null) throw new Error('there is no Chromium; install it or name it with CHROMIUM');
if (!(options.visits >= 1)) throw new Error('nothing is measured without a visit; give --visits at least 1');

const { side } = options;
const visits: Visit[] = [];
await using harness = await startHarness({ gpu: options.gpu === true });
const { picture, classMap } = drawSlide(side);
const objects = {
  picture: await storePicture(harness.storage, 'picture', { picture, pixelSizeUm: 0.65 }, 3600),
  classMap: await storePicture(harness.storage, 'classes', classMap, 3600),
};
// From 0 on, so that no pixel of the picture is as dark as the bare ground.
const setContrast = [{ black: 0, white: 12_200 }];
const classes = ['cobble', 'spindle', 'star'].map((name) => ({ name }));
for (let i = 0; i < options.visits; i++) {
  visits.push(
    await visit(harness, { viewers: [{ label: 'slide', classes, setContrast }], objects: [objects] }, side),
  );
}

const of = (take: (one: Visit) => number) => median(visits.map(take));
const figures = {
  'viewer.firstPixels': of((one) => one.firstPixelsSeconds),
  'viewer.fetched': of((one) => one.fetchedMb),
  'viewer.blank': of((one) => one.blankMs),
  'viewer.frames': of((one) => one.framesPerSecond),
};
const bars = { 'viewer.firstPixels': 1.5, 'viewer.fetched': 40, 'viewer.blank': 300 } as const;
const units = ['s', 'MB', 'ms', '/s'];
printTable(
  `The viewer on ${side} × ${side} pixels of 16 bits with a class map, ${options.gpu ? 'graphics card' : 'software rendering'}, ${machine().cpu}, ${visits.length} visits`,
  Object.entries(figures).map(([figure, value], i) => ({
    figure,
    median: value,
    unit: units[i],
    bar: bars[figure as keyof typeof bars],
  })),
);
if (options.json) writeFigures(options.json, figures, { side, gpu: options.gpu === true, visits });
