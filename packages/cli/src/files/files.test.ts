import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrainingEvent } from '@cellmixer/cellmixer';
import { encodeLabels, encodePng, readLabelMap } from '@cellmixer/imaging';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { writeAtomically } from './atomic-write.ts';
import { checkpointFile } from './checkpoint-file.ts';
import { EventLog } from './event-log.ts';
import { listPictures } from './list-pictures.ts';
import { openTruth } from './read-truth.ts';

const folder = temporaryFolder('files');

describe('writeAtomically', () => {
  it('leaves the new bytes and no temporary file', async () => {
    const path = join(folder, 'deep', 'a.txt');
    await writeAtomically(path, 'old');
    await writeAtomically(path, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['a.txt']);
  });

  it('names the file where it cannot be written, and leaves nothing behind', async () => {
    const path = join(folder, 'a-folder');
    mkdirSync(path);
    await expect(writeAtomically(path, 'x')).rejects.toMatchObject({
      code: 'OUTPUT_UNWRITABLE',
      subject: path,
    });
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('checkpointFile', () => {
  it('has nothing at first, then what was saved last', async () => {
    const store = checkpointFile(join(folder, 'checkpoint'));
    expect(await store.load()).toBeNull();
    await store.save(Uint8Array.of(1));
    await store.save(Uint8Array.of(2, 3));
    expect([...((await store.load()) ?? [])]).toEqual([2, 3]);
  });
});

describe('encodeLabels', () => {
  it.each([
    [65_535, 'png'],
    [65_536, 'tif'],
    [2_000_000, 'tif'],
  ])('keeps labels up to %d exactly (%s)', async (most, extension) => {
    const data = Int32Array.from([0, 1, 255, 256, most, 7]);
    const encoded = await encodeLabels({ width: 3, height: 2, data });
    expect(encoded.extension).toBe(extension);
    expect(await readLabelMap(encoded.bytes)).toEqual({ width: 3, height: 2, data });
  });
});

describe('EventLog', () => {
  const step = (n: number): TrainingEvent => ({
    ...{ kind: 'step', step: n, steps: 9, loss: n, foregroundLoss: 0, typeLoss: 0, diceLoss: 0 },
    ...{ gradientNorm: 0, learningRate: 0, secondsLeft: 0 },
  });
  const stage: TrainingEvent = { kind: 'stage', stage: 'calibrate', done: 0, total: 1 };
  const stepsIn = (path: string) =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): TrainingEvent => JSON.parse(line))
      .flatMap((event) => (event.kind === 'step' ? [event.step] : []));

  it('tells of a run that went on from a checkpoint as of one run', async () => {
    const path = join(folder, 'training.jsonl');
    const first = await EventLog.open(path, false);
    for (const event of [stage, step(1), step(2), step(3)]) await first.add(event);
    await first.flush();
    writeFileSync(path, '{"kind":"step","st', { flag: 'a' });
    const second = await EventLog.open(path, true);
    for (const event of [stage, { kind: 'checkpoint', step: 2, resumed: true } as const, step(3), step(4)]) {
      await second.add(event);
    }
    await second.flush();
    expect(stepsIn(path)).toEqual([1, 2, 3, 4]);
  });

  it('starts over where the run does', async () => {
    const path = join(folder, 'again.jsonl');
    for (const resume of [false, true]) {
      const log = await EventLog.open(path, resume);
      for (const event of [stage, step(1)]) await log.add(event);
      await log.flush();
    }
    expect(stepsIn(path)).toEqual([1]);
  });
});

describe('listPictures', () => {
  it('names pictures of one name apart by their folders', async () => {
    for (const plate of ['p1', 'p2']) {
      mkdirSync(join(folder, plate), { recursive: true });
      writeFileSync(join(folder, plate, 'A1.png'), 'x');
    }
    writeFileSync(join(folder, 'p1', 'A2.tif'), 'x');
    const found = await listPictures([join(folder, 'p1'), join(folder, 'p2', 'A1.png')]);
    expect(found.map(({ stem }) => stem)).toEqual(['p1__A1', 'A2', 'p2__A1']);
  });

  it('names what is not there', async () => {
    const input = join(folder, 'nowhere');
    await expect(listPictures([input])).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE', subject: input });
  });
});

describe('openTruth', () => {
  const map = (...values: number[]) =>
    encodePng({ width: values.length, height: 1, channels: 1, data: Uint8Array.from(values) });

  it('numbers classes as the model does; classes that it does not know are ignored', async () => {
    const root = join(folder, 'set');
    mkdirSync(join(root, 'mixed', 'masks_semantic'), { recursive: true });
    writeFileSync(join(root, 'classes.json'), '{"background": 0, "star": 5, "cobble": 2, "other": 9}');
    writeFileSync(join(root, 'mixed', 'masks_semantic', 'a.png'), await map(0, 2, 5, 9, 255));
    const truth = await openTruth(join(root, 'mixed'), ['cobble', 'star']);
    expect(truth.stems).toEqual(['a']);
    const { classMap, instances } = await truth.read('a');
    expect([...classMap.data]).toEqual([0, 1, 2, 255, 255]);
    expect(instances).toBeNull();
    await expect(openTruth(join(root, 'mixed'), ['spindle'])).rejects.toThrow('no value for "spindle"');
  });

  it('takes 1… as the types in order without classes.json', async () => {
    const root = join(folder, 'plain');
    mkdirSync(root);
    writeFileSync(join(root, 'a.classes.png'), await map(0, 1, 2));
    const truth = await openTruth(root, ['cobble', 'star']);
    expect([...(await truth.read('a')).classMap.data]).toEqual([0, 1, 2]);
    expect(existsSync(join(root, 'classes.json'))).toBe(false);
  });
});
