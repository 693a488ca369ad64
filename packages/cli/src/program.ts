import { Command, Option } from 'commander';
import type { CommandContext } from './commands/command-context.ts';
import type { ForegroundOptions } from './commands/foreground.ts';
import { listOf } from './commands/list-of.ts';
import { numberIn, wholeNumberIn } from './commands/numbers.ts';
import type { SegmentOptions } from './commands/segment.ts';
import type { TrainOptions } from './commands/train.ts';
import { exitCodes } from './exit-codes.ts';
import { VERSION } from './version.ts';

/** Runs a command inside of what every command shares: console, Ctrl-C, errors. */
export type Runner = (json: boolean, command: (context: CommandContext) => Promise<void>) => Promise<void>;

const provider = () =>
  new Option('--provider <name>', 'what computes; cpu if left out').choices([
    'auto',
    'cpu',
    'webgpu',
    'cuda',
  ]);
const modality = () =>
  new Option('--modality <kind>', 'how light made the pictures').choices([
    'auto',
    'transmitted',
    'stained',
    'fluorescence',
  ]);
const types = () => new Option('--types <list>', 'only these lines, separated by commas').argParser(listOf);
const json = () => new Option('--json', 'objects on the standard output, one a line, and nothing else');

/** The command line. Each command is loaded when it is called: the runtime and the codecs take their time. */
export function createProgram(run: Runner): Command {
  const program = new Command('cellmixer')
    .description('Learns to tell cell types apart in mixed pictures from pictures of pure cultures.')
    .version(VERSION)
    .showHelpAfterError('(add --help for what can be given)')
    .addHelpText('after', `\nExit codes:\n${explainExitCodes()}`);

  program
    .command('train')
    .description('learn from a folder of pure cultures: one folder of pictures for each line')
    .argument('<cultures>', 'folder with one folder for each line')
    .requiredOption('--out <folder>', 'folder of the model to be made')
    .addOption(
      new Option('--preset <name>', 'how long and how wide').choices(['fast', 'balanced', 'accurate']),
    )
    .option('--steps <n>', 'training steps instead of the preset’s', wholeNumberIn(1, 1_000_000))
    .option(
      '--seed <n>',
      'another seed, another run; the same seed, the same model',
      wholeNumberIn(0, 4_294_967_295),
    )
    .addOption(modality())
    .option(
      '--diameter <px>',
      'typical diameter of a cell in pixels, measured if left out',
      numberIn(2, 2000),
    )
    .addOption(provider())
    .option('--lanes <n>', 'worker threads; as many as cores if left out', wholeNumberIn(1, 256))
    .option('--baseline', 'also train on pure pictures alone, for comparison, into <out>/baseline')
    .option('--resume', 'go on from the checkpoint in <out>; settings that are not given are as they were')
    .option('--force', 'start over though <out> holds a model or a checkpoint')
    .addOption(json())
    .action((cultures: string, options: TrainOptions & Json) =>
      run(options.json === true, async (context) => {
        const { train } = await import('./commands/train.ts');
        await train(cultures, options, context);
      }),
    );

  program
    .command('segment')
    .description('find the cells of pictures and their types')
    .argument('<images...>', 'pictures, or folders of pictures')
    .requiredOption('--model <folder>', 'folder that `train` made, or a model.onnx')
    .requiredOption('--out <folder>', 'folder for class maps, instances, overlays, cells.csv, images.csv')
    .option('--min-confidence <share>', 'cells below stay without a type, 0…1', numberIn(0, 1))
    .addOption(provider())
    .addOption(json())
    .action((images: string[], options: SegmentOptions & Json) =>
      run(options.json === true, async (context) => {
        const { segment } = await import('./commands/segment.ts');
        await segment(images, options, context);
      }),
    );

  program
    .command('evaluate')
    .description('compare what `segment` wrote with the truth')
    .argument('<predictions>', 'folder that `segment` wrote')
    .argument('<truth>', 'folder with masks_semantic/ and perhaps masks_instance/, named as the pictures')
    .addOption(json())
    .action((predictions: string, truth: string, options: Json) =>
      run(options.json === true, async (context) => {
        const { evaluate } = await import('./commands/evaluate.ts');
        await evaluate(predictions, truth, context);
      }),
    );

  program
    .command('foreground')
    .description('find the cells of pure cultures without training: masks, contact sheets, a quality table')
    .argument('<cultures>', 'folder with one folder for each line')
    .requiredOption('--out <folder>', 'folder for masks/, contact sheets and quality.csv')
    .addOption(types())
    .addOption(modality())
    .addOption(
      new Option('--threshold <kind>', 'how the threshold is found').choices([
        'mode',
        'otsu',
        'li',
        'triangle',
      ]),
    )
    .option(
      '--sensitivity <n>',
      'for `mode`: spreads of the background above it; less finds more',
      numberIn(0.5, 20),
    )
    .option('--min-area <px>', 'smallest object, px²', numberIn(0, 1_000_000))
    .option('--per-line <n>', 'pictures of a line on its contact sheet', wholeNumberIn(1, 200), 12)
    .addOption(json())
    .action((cultures: string, options: ForegroundOptions & Json) =>
      run(options.json === true, async (context) => {
        const { foreground } = await import('./commands/foreground.ts');
        await foreground(cultures, options, context);
      }),
    );

  program
    .command('inspect')
    .description('tell what a model has learned and how')
    .argument('<model>', 'folder that `train` made, or a model.onnx')
    .addOption(json())
    .action((model: string, options: Json) =>
      run(options.json === true, async (context) => {
        const { inspect } = await import('./commands/inspect.ts');
        await inspect(model, context);
      }),
    );

  return program;
}

interface Json {
  readonly json?: boolean;
}

function explainExitCodes(): string {
  return Object.entries(exitCodes)
    .map(([code, words]) => `  ${code.padStart(3)}  ${words}`)
    .join('\n');
}
