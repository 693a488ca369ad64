/**
 * `npm run bench:serving`: what is left of the machine's speed when networks are used over the model server. Eight
 * clients that never pause take turns with bare sessions in as many threads as there are cores, over the same pictures;
 * `serving.efficiency` is the throughput of the service over that of the bare sessions, the median of the rounds, for
 * the tiles of the product; the clients' own work is on the same machine and counts against the service.
 * `processor` is the same ratio of the processor time that a picture takes, of clients and server together, which other
 * work on the machine disturbs less.
 */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { machine, printTable, type Row, writeFigures } from './report.ts';
import { Rounds } from './speed/pairs.ts';
import { PeerProcess } from './speed/peer-process.ts';

const options = new Command('bench:serving')
  .option('--rounds <n>', 'timed rounds, the sides in turn', Number, 9)
  .option('--seconds <n>', 'how long a side is measured in a round', Number, 5)
  .option('--clients <n>', 'clients that ask at the same time', Number, 8)
  .option('--width <n>', 'channels of the network at full resolution', Number, 16)
  .option('--sizes <list>', 'sides of the pictures, separated by commas', '128,256,512')
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{ rounds: number; seconds: number; clients: number; width: number; sizes: string; json?: string }>();

const threads = availableParallelism();
const productTile = 512;
const figures: Record<string, number> = {};
const rows: Row[] = [];
for (const side of options.sizes.split(',').map(Number)) {
  const { width, clients } = options;
  const ms = options.seconds * 1000;
  const sides = new Map([
    ['service', PeerProcess.node('../serving/service-side.ts', [width, side, ms, clients])],
    ['bare', PeerProcess.node('../serving/bare-side.ts', [width, side, threads, ms])],
  ]);
  for (const one of sides.values()) await one.read();
  const rounds = await Rounds.run(sides, options.rounds, 1);
  await Promise.all([...sides.values()].map((one) => one.close()));
  const ratio = rounds.ratio('bare', 'service');
  if (ratio === undefined) throw new Error('no round was measured; give at least one with --rounds');
  const [service = Number.NaN, bare = Number.NaN] = [rounds.time('service'), rounds.time('bare')];
  rows.push({
    pictures: `${side}×${side}`,
    'service /s': 1000 / service,
    'bare /s': 1000 / bare,
    efficiency: ratio.median,
    interval: `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`,
    processor: rounds.ratio('bare', 'service', 'processor')?.median,
    'server peak MiB': Math.round(rounds.peakMb('service') ?? Number.NaN),
    'bare peak MiB': Math.round(rounds.peakMb('bare') ?? Number.NaN),
  });
  figures[`serving.${side}`] = ratio.median;
  figures[`serving.${side}.processor`] = rounds.ratio('bare', 'service', 'processor')?.median ?? Number.NaN;
  if (side === productTile) figures['serving.efficiency'] = ratio.median;
}
printTable(
  `Pictures through the model server, w${options.width}, ${options.clients} clients, against bare sessions in ` +
    `${threads} threads, ${machine().cpu}, ${options.rounds} rounds`,
  rows,
);
if (options.json !== undefined) writeFigures(options.json, figures, { rows });
