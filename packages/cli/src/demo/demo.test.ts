import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { calibrate } from '@cellmixer/cellmixer';
import { readImageSource } from '@cellmixer/imaging';
import { describe, expect, it } from 'vitest';
import { readCultures } from '../files/read-cultures.ts';
import { writeSmallCultures, writeSmallMixtures } from '../testing/small-cultures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { makeArtificialMixtures } from './artificial-mixtures.ts';
import { drawDemoData } from './draw-demo-data.ts';
import { readOwnData } from './read-own-data.ts';

const main = join(import.meta.dirname, 'main.ts');
const folder = temporaryFolder('demo');
const env = { ...process.env, DATA_DIR: join(folder, 'server') };

const demo = (...argv: string[]) =>
  spawnSync(process.execPath, [main, '--steps', '2', ...argv], { cwd: folder, encoding: 'utf8', env });

describe('the demo', () => {
  it('does the main job on a server of its own, writes one page that stands alone, and signs in again', {
    timeout: 600_000,
  }, async () => {
    await writeSmallCultures(join(folder, 'own'), 2);
    await writeSmallMixtures(join(folder, 'own', 'mixed'), 2);
    const run = demo('--images', 'own', '--out', 'out', '--once');
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).toContain('2 mixtures in 2 samples');
    expect(run.stdout).toContain('The mixtures are yours');
    const account = join(folder, 'out', 'account.json');
    expect(statSync(account).mode & 0o777).toBe(0o600);
    const { password } = JSON.parse(readFileSync(account, 'utf8'));
    expect(run.stdout).toContain(password);
    const report = readFileSync(join(folder, 'out', 'report.html'), 'utf8');
    expect(report).toContain('Telling cobble and spindle apart');
    for (const words of [
      'mixture_B1.png',
      'Artificial mixture 1 above',
      'Truth',
      'CellMixer',
      'Baseline',
      'n = 2 mixtures',
    ]) {
      expect(report).toContain(words);
    }
    expect(report).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(JSON.parse(readFileSync(join(folder, 'out', 'figures.json'), 'utf8'))).toMatchObject({
      truth: 'masks',
      mixtures: 2,
      origin: { agreement: expect.any(Number) },
    });

    const again = spawn(process.execPath, [main, '--steps', '2', '--images', 'own', '--out', 'out'], {
      ...{ cwd: folder, env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [said, noted] = ['', ''];
    again.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    again.stderr.setEncoding('utf8').on('data', (text: string) => (noted += text));
    await expect.poll(() => said, { timeout: 300_000, interval: 200 }).toContain('Ctrl-C stops it.');
    expect(noted).toContain('6 pictures are in the lab; 6 were there');
    expect(said).not.toContain(password);
    const second = demo('--images', 'own', '--out', 'out', '--once');
    expect(second.status).toBe(3);
    expect(second.stderr).toContain('SERVER_RUNNING');
    const ended = once(again, 'exit');
    again.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  });

  it('ends with words where the folder cannot be used', () => {
    const run = demo('--images', 'nowhere');
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('FOLDER_UNREADABLE');
    expect(demo('--step', '3').status).toBe(2);
  });
});

describe('readOwnData', () => {
  const options = {
    ...{ artificial: join(folder, 'artificial'), seed: 1, signal: new AbortController().signal },
    onProgress: () => {},
  };

  it('keeps whole wells from training and never one for both sides', async () => {
    await writeSmallCultures(join(folder, 'wells'), 5);
    const data = await readOwnData(join(folder, 'wells'), options);
    expect(data.truth).toBe('artificial');
    const samples = data.cultures.map(({ images }) => images.map((image) => image.sample));
    expect(samples[0]).toEqual(['cobble_A1', 'cobble_A2', 'cobble_A3', 'cobble_A4']);
    expect(data.mixtures).toHaveLength(16);
  });

  it('refuses a mixture that is a picture of a culture too', async () => {
    const root = join(folder, 'leaking');
    await writeSmallCultures(root, 1);
    await writeSmallMixtures(join(root, 'mixed'), 1);
    copyFileSync(join(root, 'cobble', 'cobble_A1.png'), join(root, 'mixed', 'images', 'mixture_B1.png'));
    await expect(readOwnData(root, options)).rejects.toMatchObject({
      code: 'TEST_PICTURE_IN_TRAINING',
      message: expect.stringContaining('cobble/cobble_A1.png'),
    });
  });

  it('asks for a second well where there is only one', async () => {
    await writeSmallCultures(join(folder, 'one-well'), 1);
    await expect(readOwnData(join(folder, 'one-well'), options)).rejects.toMatchObject({
      code: 'TOO_FEW_CULTURES',
    });
  });

  it('leaves a line of one well out, and says so, unless it was asked for', async () => {
    const root = join(folder, 'uneven');
    await writeSmallCultures(root, 3);
    mkdirSync(join(root, 'lone'));
    renameSync(join(root, 'cobble', 'cobble_A3.png'), join(root, 'lone', 'lone_A1.png'));
    const data = await readOwnData(root, options);
    expect(data.cultures.map(({ type }) => type)).toEqual(['cobble', 'spindle']);
    expect(data.notes).toEqual([expect.stringMatching(/^lone is left out: .*one sample/)]);
    await expect(
      readOwnData(root, { ...options, types: ['cobble', 'spindle', 'lone'] }),
    ).rejects.toMatchObject({ code: 'TOO_FEW_CULTURES', subject: 'lone' });
  });
});

describe('drawDemoData', () => {
  it('lays pictures as a lab would, so that they can be given back by --images', {
    timeout: 540_000,
  }, async () => {
    const root = join(folder, 'drawn');
    const data = await drawDemoData(root, 1, () => {});
    expect(data.cultures.map(({ type, images }) => [type, images.length])).toEqual([
      ['cobble', 6],
      ['spindle', 6],
      ['star', 6],
    ]);
    expect(data.mixtures).toHaveLength(8);
    expect(data.mixtures[4]?.sample).toBe('mixture_B5');
    // The fifth mixture has no star.
    expect(new Set(data.mixtures[4]?.classMap.data)).toEqual(new Set([0, 1, 2]));
    expect(existsSync(join(root, 'mixed', 'masks_instance', 'mixture_B8.png'))).toBe(true);
  });
});

describe('makeArtificialMixtures', () => {
  it('mixes held-out pictures with labels that say what is not known', async () => {
    await writeSmallCultures(join(folder, 'held-out'), 2);
    const { cultures } = await readCultures(join(folder, 'held-out'));
    const calibration = await calibrate(cultures, { cellDiameterPx: 30 });
    const make = (name: string) => makeArtificialMixtures(cultures, calibration, join(folder, name), 1);
    const mixtures = await make('first');
    expect(mixtures).toHaveLength(16);
    const seen = new Set(mixtures.flatMap(({ classMap }) => [...new Set(classMap.data)]));
    expect(seen).toEqual(new Set([0, 1, 2, 255]));
    for (const { path, image, classMap } of mixtures) {
      expect([classMap.width, classMap.height]).toEqual([image.width, image.height]);
      expect((await readImageSource(path)).width).toBe(image.width);
      expect(image.data.every((value) => value >= 0 && value < 2)).toBe(true);
    }
    const bytes = ({ path }: { readonly path: string }) => readFileSync(path);
    expect((await make('second')).map(bytes)).toEqual(mixtures.map(bytes));
  });
});
