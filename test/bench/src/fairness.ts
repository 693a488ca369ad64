/**
 * `npm run bench:fairness`: how long one lab's single picture takes while another lab's thousand wait. Two labs work on
 * one server; a picture of lab B is brought in and segmented, alone and while the thousand pictures of lab A are in the
 * same queue. `fairness.wait` is B's median time beside A's thousand over its median time alone, the worse of the two
 * kinds of work. Lab A's work need not end: what still waits when B is done is cancelled.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { drawCultures, drawMixtures } from './fairness/draw-pictures.ts';
import { LabAtWork } from './fairness/lab-at-work.ts';
import { addSecondLab } from './fairness/second-lab.ts';
import { startServerUnderLoad } from './ingest/server-under-load.ts';
import { machine, median, medianInterval, printTable, type Row, writeFigures } from './report.ts';

const { json, ...options } = new Command('bench:fairness')
  .option('--queue <n>', 'pictures of lab A, up to 1,000', Number, 1000)
  .option('--rounds <n>', 'pictures of lab B that are timed alone and beside lab A', Number, 9)
  .option('--side <n>', 'pixels on a side of the pictures', Number, 256)
  .option('--at-once <n>', 'jobs of a kind that the worker does at once', Number, 2)
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{ queue: number; rounds: number; side: number; atOnce: number; json?: string }>();

/** Seconds that lab B's pictures took. */
interface Times {
  readonly alone: readonly number[];
  readonly beside: readonly number[];
  /** What lab A still had in the queue after the last of them. */
  readonly left: number;
}

const folder = mkdtempSync(join(tmpdir(), 'cellmixer-fairness-'));
const say = (words: string) => console.log(words);
const server = await startServerUnderLoad(join(folder, 'server'), options.atOnce);
try {
  say('Two labs get a model each …');
  const cultures = await drawCultures(join(folder, 'cultures'), 320);
  const many = await drawMixtures(join(folder, 'a'), options.queue, options.side, 1);
  // The first of each side is not timed: modules are loaded, code is compiled.
  const few = await drawMixtures(join(folder, 'b'), 2 * (options.rounds + 1), options.side, 2);
  const [a, b] = [
    await LabAtWork.open(server.lab, cultures),
    await LabAtWork.open(await addSecondLab(server.lab), cultures),
  ];
  say(`Lab B brings pictures in, alone and beside lab A's ${options.queue} …`);
  const { ingest, dataset, versions } = await timeIngest(a, b, many, few);
  say('Lab A waits for the rest of its pictures …');
  while ((await a.unread(dataset)) > 0) await a.lab.pause(1000);
  say(`Lab B segments pictures, alone and beside lab A's ${options.queue} …`);
  report({ ingest, segmentation: await timeSegmentation(a, b, dataset, versions) });
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function timeIngest(a: LabAtWork, b: LabAtWork, many: readonly string[], few: readonly string[]) {
  const datasets: string[] = [];
  for (const _ of few) datasets.push(await b.makeDataset());
  const bring = (i: number) => b.bring(datasets[i] ?? '', few[i] ?? '');
  const half = few.length / 2;
  const alone = await timeEach(half, (i) => bring(i));
  const dataset = await a.makeDataset();
  const complete = await a.send(dataset, many);
  await complete();
  const beside = await timeEach(half, (i) => bring(half + i));
  const left = await a.unread(dataset);
  const versions: string[] = [];
  for (const one of datasets) versions.push(await b.snapshot(one));
  return { ingest: { alone, beside, left }, dataset, versions };
}

async function timeSegmentation(
  a: LabAtWork,
  b: LabAtWork,
  dataset: string,
  versions: readonly string[],
): Promise<Times> {
  const segment = (i: number) => b.findCells(versions[i] ?? '');
  const half = versions.length / 2;
  const alone = await timeEach(half, (i) => segment(i));
  const run = await a.segment(await a.snapshot(dataset));
  const beside = await timeEach(half, (i) => segment(half + i));
  const left = await a.unsegmented(run);
  await a.cancel(run);
  return { alone, beside, left };
}

/** Does a thing `count` times, one after another. @returns the seconds of all but the first */
async function timeEach(count: number, work: (i: number) => Promise<void>): Promise<number[]> {
  const seconds: number[] = [];
  for (let i = 0; i < count; i++) {
    const started = performance.now();
    await work(i);
    seconds.push((performance.now() - started) / 1000);
  }
  return seconds.slice(1);
}

function report(times: Readonly<Record<'ingest' | 'segmentation', Times>>): void {
  const rows: Row[] = [];
  const figures: Record<string, number> = {};
  for (const [kind, { alone, beside, left }] of Object.entries(times)) {
    if (left === 0) say(`Lab A was through before lab B: its ${options.queue} pictures are too few.`);
    const wait = median(beside) / median(alone);
    const [low, high] = medianInterval(beside);
    rows.push({
      'one picture of lab B': kind,
      'alone, s': median(alone),
      'beside, s': median(beside),
      interval: `${low.toFixed(2)}–${high.toFixed(2)}`,
      'longest, s': Math.max(...beside),
      wait,
      'left of lab A': left,
    });
    figures[`fairness.wait.${kind}`] = left === 0 ? Number.NaN : wait;
  }
  figures['fairness.wait'] = Math.max(...Object.values(figures));
  printTable(
    `One picture of lab B beside ${options.queue} of lab A, ${options.side}×${options.side}, ` +
      `${options.rounds} pictures, ${machine().cpu}`,
    rows,
  );
  if (json !== undefined) writeFigures(json, figures, { options, times });
}
