/**
 * `npm run bench:inference`: whole pictures of 704×520 through an exported network, its norms folded, against the best
 * that PyTorch offers for the same network.
 */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { machine, printTable, type Row, writeFigures } from './report.ts';
import { Rounds } from './speed/pairs.ts';
import { findPython, PeerProcess } from './speed/peer-process.ts';

const options = new Command('bench:inference')
  .option('--pairs <n>', 'timed rounds, the sides in turn', Number, 15)
  .option('--threads <n>', 'threads of both sides', Number, availableParallelism())
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{ pairs: number; threads: number; json?: string }>();

const height = 520;
const width = 704;

const python = findPython();
if (python === undefined)
  console.log(
    'PyTorch is not here (name a Python that has it with PYTORCH_PYTHON, or make .venv): only our own side is measured.',
  );

const figures: Record<string, number> = {};
const rows: Row[] = [];
for (const channels of [16, 32]) {
  const sizes = [channels, height, width, options.threads];
  const sides = new Map([['ours', PeerProcess.node('inference-side.ts', sizes)]]);
  await sides.get('ours')?.read();
  const mode = python === undefined ? undefined : await addPeer(python, sizes, sides);
  const rounds = await Rounds.run(sides, options.pairs, 3);
  await Promise.all([...sides.values()].map((side) => side.close()));
  const ratio = rounds.ratio('ours', 'pytorch');
  const [peak, peerPeak] = [rounds.peakMb('ours'), rounds.peakMb('pytorch')];
  rows.push({
    network: `w${channels}`,
    ms: rounds.time('ours'),
    'PyTorch ms': rounds.time('pytorch'),
    ratio: ratio?.median,
    interval: ratio && `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`,
    'peak MiB': peak && Math.round(peak),
    'PyTorch MiB': peerPeak && Math.round(peerPeak),
    'PyTorch way': mode,
  });
  if (ratio !== undefined) {
    figures[`inference.w${channels}`] = ratio.median;
    figures['inference.forward'] = Math.max(figures['inference.forward'] ?? 0, ratio.median);
  }
}
printTable(
  `Forward of a picture of ${width}×${height}, ${options.threads} threads, ${machine().cpu}, ${options.pairs} rounds`,
  rows,
);
if (options.json !== undefined) writeFigures(options.json, figures, { rows });

/** Starts the peer in the way that was fastest in a trial of its own; gives the name of that way. */
async function addPeer(
  executable: string,
  sizes: readonly number[],
  sides: Map<string, PeerProcess>,
): Promise<string> {
  const trial = PeerProcess.python(executable, 'inference_peer.py', sizes);
  const { mode } = await trial.read<{ mode: string }>();
  await trial.close();
  const peer = PeerProcess.python(executable, 'inference_peer.py', [...sizes, mode]);
  await peer.read();
  sides.set('pytorch', peer);
  return mode;
}
