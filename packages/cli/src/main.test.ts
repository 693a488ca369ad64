import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelCardSchema } from '@cellmixer/cellmixer/card';
import { beforeAll, describe, expect, it } from 'vitest';
import { writeSmallCultures, writeSmallMixtures } from './testing/small-cultures.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const main = join(import.meta.dirname, 'main.ts');
const folder = temporaryFolder('command');
const cultures = join(folder, 'cultures');
const mixed = join(folder, 'mixed');
const model = join(folder, 'model');
const found = join(folder, 'found');

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly notes: string;
}

/** Runs the command to its end; `onOut` sees the standard output as it grows. */
function cellmixer(
  argv: readonly string[],
  onOut: (out: string, child: ChildProcess) => void = () => {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...argv], { cwd: folder });
    let out = '';
    let notes = '';
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
      onOut(out, child);
    });
    child.stderr.on('data', (part: Buffer) => {
      notes += part.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, notes }));
  });
}

function objects(out: string): Record<string, unknown>[] {
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** So many that the training is not over before a busy machine has passed on the Ctrl-C of its first step. */
const STEPS = 5;
const everyStep = Array.from({ length: STEPS }, (_, i) => i + 1);
const training = [
  'train',
  'cultures',
  '--preset',
  'fast',
  '--steps',
  String(STEPS),
  '--diameter',
  '30',
  '--seed',
  '5',
];

beforeAll(async () => {
  await writeSmallCultures(cultures, 3);
  await writeSmallMixtures(mixed, 2);
});

describe('cellmixer', () => {
  it('trains, segments, evaluates and inspects on folders', async () => {
    const trained = await cellmixer([...training, '--out', 'model', '--json']);
    expect(trained.notes).toContain('cobble: 3 pictures');
    expect(trained.code).toBe(0);
    const events = objects(trained.out);
    expect(events.filter((event) => event.kind === 'step').map((event) => event.step)).toEqual(everyStep);
    expect(events.at(-1)).toMatchObject({ kind: 'done', method: 'cellmixer' });
    for (const file of ['model.onnx', 'checkpoint.safetensors', 'card.json', 'card.md', 'training.jsonl']) {
      expect(existsSync(join(model, file)), file).toBe(true);
    }
    const card = readFileSync(join(model, 'card.md'), 'utf8');
    expect(card).toContain('**Not shown to work.**');
    expect(card).toMatch(/\| cobble \| 3 \|/);
    const page = JSON.parse(readFileSync(join(model, 'card.json'), 'utf8'));
    modelCardSchema.parse(page.card);
    expect(card).toContain(page.checksum);

    const segmented = await cellmixer(['segment', 'mixed/images', '--model', 'model', '--out', 'found']);
    expect(segmented.code, segmented.notes).toBe(0);
    expect(segmented.out).toContain('mixture_B2.png');
    for (const kind of ['classes', 'instances', 'overlay']) {
      expect(existsSync(join(found, `mixture_B1.${kind}.png`)), kind).toBe(true);
    }
    const cells = readFileSync(join(found, 'cells.csv'), 'utf8').trimEnd().split('\n');
    expect(cells[0]).toContain('image,sample,cell,type,confidence,share_cobble,share_spindle,area_px');
    expect(cells[1]).toMatch(/^mixture_B1\.png,mixture_B1,1,(cobble|spindle),0\.\d+/);
    const images = readFileSync(join(found, 'images.csv'), 'utf8').trimEnd().split('\n');
    expect(images).toHaveLength(3);

    const evaluated = await cellmixer(['evaluate', 'found', 'mixed', '--json']);
    expect(evaluated.code, evaluated.notes).toBe(0);
    expect(objects(evaluated.out)[0]).toMatchObject({
      types: ['cobble', 'spindle'],
      metrics: { miou: { n: 2, samples: 2, estimate: expect.any(Number) } },
    });

    const inspected = await cellmixer(['inspect', 'model']);
    expect(inspected.code).toBe(0);
    expect(inspected.out).toContain('cobble (3 pictures), spindle (3 pictures)');
  });

  it('stops in order on Ctrl-C and goes on to bitwise the same model', async () => {
    let interrupted = false;
    const stopped = await cellmixer([...training, '--out', 'resumed', '--json'], (out, child) => {
      if (interrupted || !out.includes('"step":1')) return;
      interrupted = true;
      // As a terminal and npm do together: twice within milliseconds is one Ctrl-C.
      child.kill('SIGINT');
      child.kill('SIGINT');
    });
    expect(stopped.code).toBe(130);
    expect(objects(stopped.out).at(-1)).toMatchObject({ error: { code: 'CANCELLED' } });
    expect(existsSync(join(folder, 'resumed', 'checkpoint.safetensors'))).toBe(true);
    expect(existsSync(join(folder, 'resumed', 'model.onnx'))).toBe(false);

    const segmented = await cellmixer(['segment', 'mixed', '--model', 'resumed', '--out', 'none']);
    expect(segmented).toMatchObject({ code: 3 });

    const resumed = await cellmixer(['train', 'cultures', '--out', 'resumed', '--resume']);
    expect(resumed.notes).toMatch(/going on from step [1-4]\b/);
    expect(resumed.code).toBe(0);
    const bytes = (name: string) => readFileSync(join(folder, name, 'model.onnx'));
    expect(bytes('resumed').equals(bytes('model'))).toBe(true);
    const steps = objects(readFileSync(join(folder, 'resumed', 'training.jsonl'), 'utf8'))
      .filter((event) => event.kind === 'step')
      .map((event) => event.step);
    expect(steps).toEqual(everyStep);
  });

  it('finds the cells of cultures without training', async () => {
    const run = await cellmixer(['foreground', 'cultures', '--out', 'masks', '--json']);
    expect(run.code, run.notes).toBe(0);
    expect(objects(run.out)[0]).toMatchObject({ kind: 'picture', type: 'cobble', confluent: false });
    expect(existsSync(join(folder, 'masks', 'masks', 'spindle', 'spindle_A3.png'))).toBe(true);
    expect(existsSync(join(folder, 'masks', 'contact-sheet_cobble.png'))).toBe(true);
    expect(
      readFileSync(join(folder, 'masks', 'quality.csv'), 'utf8')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(7);
  });

  it.each([
    ['an unknown option', ['train', 'cultures', '--out', 'x', '--stepss', '3'], 2, 'unknown option'],
    [
      'a number out of range',
      ['train', 'cultures', '--out', 'x', '--steps', '0'],
      2,
      '"0" is not a number from 1',
    ],
    ['a missing folder', ['train', 'nowhere', '--out', 'x'], 3, 'FOLDER_UNREADABLE'],
    ['a model that is none', ['inspect', 'cultures/cobble/cobble_A1.png'], 3, 'MODEL_UNREADABLE'],
    ['predictions that are none', ['evaluate', 'cultures', 'mixed'], 3, 'FOLDER_UNREADABLE'],
  ])('ends on %s with its exit code and what to do', async (_, argv, code, words) => {
    const run = await cellmixer(argv);
    expect(run.code).toBe(code);
    expect(run.notes).toContain(words);
    expect(run.notes).not.toContain('fault of the program');
  });

  it('refuses to write over a finished model unless told to', async () => {
    const run = await cellmixer([...training, '--out', 'model']);
    expect(run.code).toBe(3);
    expect(run.notes).toContain('OUTPUT_EXISTS');
    expect(run.notes).toContain('--force');
  });

  it('names a picture that cannot be read and what is wrong with it', async () => {
    const bad = join(cultures, 'cobble', 'cobble_A9.png');
    writeFileSync(bad, 'this is text');
    try {
      const run = await cellmixer(['train', 'cultures', '--out', 'x', '--json']);
      expect(run.code).toBe(3);
      expect(objects(run.out).at(-1)).toMatchObject({
        error: { message: expect.stringContaining('cobble_A9.png') },
      });
    } finally {
      rmSync(bad);
    }
  });
});
