/**
 * `npm run bench:training`: a full training step (forward, loss with Dice, backward, clipping, AdamW, averaging) and its
 * peak memory against PyTorch, in the fastest way that PyTorch offers, on the same network and the same groups.
 */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { machine, printTable, type Row, writeFigures } from './report.ts';
import { Rounds } from './speed/pairs.ts';
import { findPython, PeerProcess } from './speed/peer-process.ts';

const options = new Command('bench:training')
  .option('--pairs <n>', 'timed rounds, the sides in turn', Number, 11)
  .option('--threads <n>', 'threads of every side', Number, availableParallelism())
  .option('--cases <list>', 'of w16.128,w16.256,w32.128,w32.256', 'w16.128,w16.256,w32.128,w32.256')
  .option('--json <file>', 'write the figures there')
  .parse()
  .opts<{ pairs: number; threads: number; cases: string; json?: string }>();

const cases = [
  { id: 'w16.128', width: 16, images: 8, side: 128 },
  { id: 'w16.256', width: 16, images: 4, side: 256 },
  { id: 'w32.128', width: 32, images: 8, side: 128 },
  { id: 'w32.256', width: 32, images: 4, side: 256 },
].filter(({ id }) => options.cases.split(',').includes(id));
type Case = (typeof cases)[number];

interface PeerMode {
  readonly whole: boolean;
  readonly fused: boolean;
  readonly torch: string;
}

const python = findPython();
if (python === undefined)
  console.log(
    'PyTorch is not here (name a Python that has it with PYTORCH_PYTHON, or make .venv): only our own side is measured.',
  );

const figures: Record<string, number> = {};
const rows: Row[] = [];
const modes: Record<string, PeerMode> = {};
for (const one of cases) {
  const { rounds, mode } = await compare(one);
  if (mode !== undefined) modes[one.id] = mode;
  report(one, rounds, mode);
}
printTable(`Training step, ${options.threads} threads, ${machine().cpu}, ${options.pairs} rounds`, rows);
if (options.json !== undefined) writeFigures(options.json, figures, { rows, peer: modes });

async function compare({ width, images, side }: Case): Promise<{ rounds: Rounds; mode?: PeerMode }> {
  const sizes = [width, images, side, options.threads];
  const sides = new Map([
    ['ours', PeerProcess.node('training-side.ts', [...sizes, 'auto'])],
    ['portable', PeerProcess.node('training-side.ts', [...sizes, 'portable'])],
  ]);
  for (const ours of sides.values()) await ours.read();
  const mode = python === undefined ? undefined : await fastestMode(python, sizes);
  if (python !== undefined && mode !== undefined) {
    const flags = [mode.whole, mode.fused].map(Number);
    const peer = PeerProcess.python(python, 'training_peer.py', [...sizes, ...flags]);
    await peer.read();
    sides.set('pytorch', peer);
  }
  const rounds = await Rounds.run(sides, options.pairs, 2);
  await Promise.all([...sides.values()].map((process) => process.close()));
  return mode === undefined ? { rounds } : { rounds, mode };
}

async function fastestMode(executable: string, sizes: readonly number[]): Promise<PeerMode> {
  const trial = PeerProcess.python(executable, 'training_peer.py', sizes);
  const mode = await trial.read<PeerMode>();
  await trial.close();
  return mode;
}

function report({ id, images, side }: Case, rounds: Rounds, mode: PeerMode | undefined): void {
  for (const name of ['ours', 'portable']) {
    const ratio = rounds.ratio(name, 'pytorch');
    const peak = rounds.peakMb(name) ?? Number.NaN;
    const peerPeak = rounds.peakMb('pytorch');
    rows.push({
      case: `${id} (${images}×${side}²)`,
      side: name === 'ours' ? 'cellmixer' : 'cellmixer, portable',
      ms: rounds.time(name),
      'PyTorch ms': rounds.time('pytorch'),
      ratio: ratio?.median,
      interval: ratio && `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`,
      'peak MiB': Math.round(peak),
      'PyTorch MiB': peerPeak && Math.round(peerPeak),
      'PyTorch way': mode && `${mode.whole ? 'whole batch' : 'by group'}${mode.fused ? ', fused' : ''}`,
    });
    if (ratio === undefined || peerPeak === undefined) continue;
    if (name === 'ours') {
      figures[`training.${id}`] = ratio.median;
      keepWorst('training.memory', peak / peerPeak);
    } else keepWorst('training.portable', ratio.median);
  }
}

function keepWorst(id: string, value: number): void {
  figures[id] = Math.max(figures[id] ?? 0, value);
}
