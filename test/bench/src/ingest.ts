/**
 * `npm run bench:ingest`: what is left of the machine's speed when pictures come in through the API. 200 real pictures
 * go from `createUploads` to READY (tickets, PUT, checksums, pyramid, thumbnail, rows), in turn with a bare loop that
 * decodes, writes the pyramid and PUTs original and pyramid into the same bucket, as many at once as the worker takes.
 * `ingest.efficiency` is the pictures per second of the server over those of the loop, the median of the rounds;
 * `processor` is the same ratio of the processor time of all processes of either side, which other work on the machine
 * disturbs less.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, uploadFiles } from '@cellmixer/api-client';
import { Command } from 'commander';
import { z } from 'zod';
import { bareLoop } from './ingest/bare-loop.ts';
import { gatherPictures } from './ingest/pictures.ts';
import { type ServerUnderLoad, startServerUnderLoad } from './ingest/server-under-load.ts';
import { machine, median, medianInterval, printTable, writeFigures } from './report.ts';
import { processorMsOfTree } from './speed/process-tree.ts';

const { json, ...options } = new Command('bench:ingest')
  .option('--pictures <n>', 'pictures of a round', Number, 200)
  .option('--rounds <n>', 'timed rounds, the sides in turn', Number, 5)
  .option('--at-once <n>', 'pictures that the worker and the loop take at once', Number, 2)
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{ pictures: number; rounds: number; atOnce: number; json?: string }>();

/** Pictures of the round before the first, which does not count: modules are loaded, code is compiled. */
const WARM_UP = 20;
/** How often (ms) is asked whether one is left: looking must not hold up what is looked at. */
const LOOKED_EVERY = 200;

/** What one side took for all pictures, seconds. */
interface Taken {
  readonly seconds: number;
  /** Of all processes. */
  readonly processor: number;
}

const folder = mkdtempSync(join(tmpdir(), 'cellmixer-ingest-'));
const scratch = join(folder, 'scratch');
mkdirSync(scratch);
const { paths, what } = await gatherPictures(join(folder, 'pictures'), options.pictures);
const server = await startServerUnderLoad(join(folder, 'server'), options.atOnce);
try {
  await throughServer(server, paths.slice(0, WARM_UP), 'warm-up');
  await bareLoop(server.storage, paths.slice(0, WARM_UP), scratch, options.atOnce);
  const ours: Taken[] = [];
  const bare: Taken[] = [];
  for (let round = 0; round < options.rounds; round++) {
    const sides = [
      async () => ours.push(await measure(() => throughServer(server, paths, `round ${round + 1}`))),
      async () => bare.push(await measure(() => bareLoop(server.storage, paths, scratch, options.atOnce))),
    ];
    if (round % 2 === 1) sides.reverse();
    for (const side of sides) await side();
  }
  report(ours, bare);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function throughServer(
  { lab, project }: ServerUnderLoad,
  files: readonly string[],
  name: string,
): Promise<void> {
  const dataset = await lab.make('createDataset', { project, name, modality: 'PHASE_CONTRAST' }, 'dataset');
  const sent = await uploadFiles(lab.client, dataset, files);
  for (const { imageId, path, problem } of sent) if (imageId === null) throw new Error(`${path}: ${problem}`);
  while (await isAnyLeft(lab, dataset)) await lab.pause(LOOKED_EVERY);
  const shape = z.object({ status: z.literal('READY') });
  const ready = await lab.list('Dataset', dataset, 'images', 'status', shape);
  if (ready.length !== files.length) throw new Error(`${ready.length} of ${files.length} pictures are ready`);
}

async function isAnyLeft({ client }: Lab, dataset: string): Promise<boolean> {
  const { node } = await client.request(
    `query($dataset: ID!) { node(id: $dataset) { ... on Dataset {
      images(first: 1, filter: { statuses: [INGESTING] }) { edges { node { id } } } } } }`,
    { dataset },
    z.object({ node: z.object({ images: z.object({ edges: z.array(z.unknown()) }) }) }),
  );
  return node.images.edges.length > 0;
}

async function measure(work: () => Promise<void>): Promise<Taken> {
  const processorBefore = processorMsOfTree(process.pid);
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  return { seconds, processor: (processorMsOfTree(process.pid) - processorBefore) / 1000 };
}

function report(ours: readonly Taken[], bare: readonly Taken[]): void {
  const ratios = (of: keyof Taken) => ours.map((one, i) => (bare[i]?.[of] ?? Number.NaN) / one[of]);
  const efficiency = median(ratios('seconds'));
  const processor = median(ratios('processor'));
  const [low, high] = medianInterval(ratios('seconds'));
  const rate = (side: readonly Taken[]) => options.pictures / median(side.map((one) => one.seconds));
  printTable(`${options.pictures} pictures ${what}, ${options.rounds} rounds, ${machine().cpu}`, [
    {
      'server, pictures/s': rate(ours),
      'bare loop, pictures/s': rate(bare),
      efficiency,
      interval: `${low.toFixed(2)}–${high.toFixed(2)}`,
      processor,
    },
  ]);
  if (json === undefined) return;
  const figures = {
    'ingest.efficiency': efficiency,
    'ingest.processor': processor,
    'ingest.picturesPerSecond': rate(ours),
    'ingest.bare.picturesPerSecond': rate(bare),
  };
  writeFigures(json, figures, { options, what, ours, bare });
}
