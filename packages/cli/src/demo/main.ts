/** `npm run demo`: a lab's server on this machine, the main job on it through its API, a report. */
import { join, resolve } from 'node:path';
import { readEnvironment } from '@cellmixer/environment';
import { type LocalServer, startLocalServer } from '@cellmixer/local-server';
import { Command, CommanderError } from 'commander';
import { listOf } from '../commands/list-of.ts';
import { wholeNumberIn } from '../commands/numbers.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { writeAtomically } from '../files/atomic-write.ts';
import { onInterrupt } from '../interrupt.ts';
import { createConsole } from '../terminal/console.ts';
import { openAccount } from './account.ts';
import { demoFigures } from './demo-figures.ts';
import { drawDemoData } from './draw-demo-data.ts';
import { readOwnData } from './read-own-data.ts';
import { reportPage } from './report-page.ts';
import { runDemo } from './run-demo.ts';
import { tellResult } from './tell-result.ts';
import { WorkPlan } from './work-plan.ts';

/** Steps of each method: what two cores do in the demo's minutes. */
const STEPS = 400;
const root = resolve(import.meta.dirname, '../../../..');

interface DemoArguments {
  readonly images?: string;
  readonly types?: readonly string[];
  readonly steps: number;
  readonly seed: number;
  readonly out: string;
  readonly once?: true;
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
  .option('--out <folder>', 'where pictures, report and account are written', join(root, '.data', 'demo'))
  .option('--once', 'end when the report is written, instead of leaving the server running')
  .exitOverride();

const console = createConsole({ json: false, out: process.stdout, notes: process.stderr });
const interrupt = onInterrupt(() => console.note('Stopping. Press Ctrl-C again to leave at once.'));
const { signal } = interrupt;
let server: LocalServer | null = null;
try {
  const options = command.parse().opts<DemoArguments>();
  server = await demo(options);
  if (options.once !== true) await stopped();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (signal.aborted) process.exitCode = 130;
  else {
    console.fail(error);
    process.exitCode = exitCodeOf(error);
  }
} finally {
  console.progress.clear();
  await server?.stop();
  interrupt.end();
}

async function demo({ images, types, steps, seed, out, once }: DemoArguments): Promise<LocalServer> {
  const folder = resolve(out);
  const training = 5 + 0.3 * steps;
  const { progress } = console;
  const plan = new WorkPlan(
    [
      { name: images === undefined ? 'Drawing cultures and mixtures' : 'Reading pictures', seconds: 8 },
      { name: 'Starting the server', seconds: 10 },
      { name: 'Uploading, reading and labelling', seconds: 10 },
      { name: 'Finding cells', seconds: 6 },
      { name: 'Training CellMixer', seconds: training },
      { name: 'Training the baseline', seconds: training },
      { name: 'Both look at the mixtures', seconds: 12 },
      { name: 'Scoring and comparing', seconds: 8 },
      { name: 'Drawing the report', seconds: 4 },
    ],
    progress,
  );
  plan.begin();
  const data =
    images === undefined
      ? await drawDemoData(join(folder, 'pictures', `seed-${seed}`), seed, (share) => {
          signal.throwIfAborted();
          plan.tell(share);
        })
      : await readOwnData(resolve(images), {
          ...(types === undefined ? {} : { types }),
          ...{ artificial: join(folder, 'artificial'), seed, signal },
          onProgress: (share) => plan.tell(share),
        });
  const pictures = data.cultures.reduce((sum, culture) => sum + culture.images.length, 0);
  plan.end(`${pictures} pictures of ${data.cultures.map((culture) => culture.type).join(', ')}`);
  for (const note of data.notes) progress.say(note);

  plan.begin();
  const started = await startLocalServer({
    ...{ environment: readEnvironment(process.env), variables: process.env, root, signal },
    say: (line) => plan.tell(0.5, line),
  });
  try {
    const account = await openAccount(started, folder, signal);
    plan.end(`the server is at ${started.url}`);
    const result = await runDemo({ lab: account.lab, data, folder, steps, seed, signal, plan });
    const report = join(folder, 'report.html');
    await writeAtomically(report, await reportPage(result));
    await writeAtomically(join(folder, 'figures.json'), `${JSON.stringify(demoFigures(result), null, 2)}\n`);
    tellResult(console, result, report);
    const password = account.newPassword ?? `the password in ${account.file}`;
    console.print();
    console.print(`The lab is at ${started.url}: sign in as ${account.email} with ${password}`);
    if (account.newPassword !== null) console.print(`(kept in ${account.file}, readable by you alone)`);
    console.print(once === true ? '`npm start` brings it up again.' : 'Ctrl-C stops it.');
    return started;
  } catch (error) {
    await started.stop();
    throw error;
  }
}

/** Until Ctrl-C. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    // Alone a promise does not keep a process alive.
    const alive = setInterval(() => {}, 60_000);
    const leave = () => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
  });
}
