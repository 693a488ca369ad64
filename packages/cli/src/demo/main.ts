import { join, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { listOf } from '../commands/list-of.ts';
import { wholeNumberIn } from '../commands/numbers.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { onInterrupt } from '../interrupt.ts';
import { createConsole } from '../terminal/console.ts';
import { demoFigures } from './demo-figures.ts';
import { reportPage } from './report-page.ts';
import { runDemo } from './run-demo.ts';
import { tellResult } from './tell-result.ts';

/** Steps of each method: what two cores do in the demo's minutes. */
const STEPS = 400;

interface DemoArguments {
  readonly images?: string;
  readonly types?: readonly string[];
  readonly steps: number;
  readonly seed: number;
  readonly out: string;
}

const command = new Command('npm run demo --')
  .description('Learns three made-up cell lines, or your own, compares with a baseline, and writes a report.')
  .option(
    '--images <folder>',
    'real pictures: one folder for each line, perhaps mixed/{images,masks_semantic}',
  )
  .option('--types <list>', 'only these lines of it, separated by commas', listOf)
  .option('--steps <n>', 'training steps of each method', wholeNumberIn(1, 100_000), STEPS)
  .option('--seed <n>', 'another seed, other pictures and another run', wholeNumberIn(0, 4_294_967_295), 1)
  .option('--out <folder>', 'where all is written', resolve(import.meta.dirname, '../../../../.data/demo'))
  .option('--once', 'end when the report is written; the demo does so anyway')
  .exitOverride();

const console = createConsole({ json: false, out: process.stdout, notes: process.stderr });
const { signal, end } = onInterrupt(() => console.note('Stopping. Press Ctrl-C again to leave at once.'));
try {
  const { images, types, steps, seed, out } = command.parse().opts<DemoArguments>();
  const folder = resolve(out);
  const result = await runDemo({
    ...{ folder, steps, seed, signal, progress: console.progress },
    ...(images === undefined ? {} : { images: resolve(images) }),
    ...(types === undefined ? {} : { types }),
  });
  const report = join(folder, 'report.html');
  await writeAtomically(report, await reportPage(result));
  await writeAtomically(join(folder, 'figures.json'), `${JSON.stringify(demoFigures(result), null, 2)}\n`);
  tellResult(console, result, report);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    console.fail(error);
    process.exitCode = exitCodeOf(error);
  }
} finally {
  console.progress.clear();
  end();
}
