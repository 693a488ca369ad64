import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calibrate } from '@cellmixer/cellmixer';
import { describe, expect, it } from 'vitest';
import { readCultures } from '../files/read-cultures.ts';
import { writeSmallCultures, writeSmallMixtures } from '../testing/small-cultures.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { makeArtificialMixtures } from './artificial-mixtures.ts';
import { drawDemoData } from './draw-demo-data.ts';
import { readOwnData } from './read-own-data.ts';

const main = join(import.meta.dirname, 'main.ts');
const folder = temporaryFolder('demo');

const demo = (...argv: string[]) =>
  spawnSync(process.execPath, [main, '--steps', '2', ...argv], { cwd: folder, encoding: 'utf8' });

describe('the demo', () => {
  it('compares on real mixtures where there is truth, and writes one page that stands alone', async () => {
    await writeSmallCultures(join(folder, 'own'), 2);
    await writeSmallMixtures(join(folder, 'own', 'mixed'), 2);
    const run = demo('--images', 'own', '--out', 'out', '--once');
    expect(run.status, run.stderr).toBe(0);
    expect(run.stdout).toContain('2 mixtures in 2 samples');
    expect(run.stdout).toContain('The mixtures are yours');
    const report = readFileSync(join(folder, 'out', 'report.html'), 'utf8');
    expect(report).toContain('Telling cobble and spindle apart');
    for (const words of ['mixture_B1.png', 'Truth', 'CellMixer', 'Baseline', 'n = 2 mixtures']) {
      expect(report).toContain(words);
    }
    expect(report).not.toMatch(/(?:src|href)="(?!data:)/);
    expect(JSON.parse(readFileSync(join(folder, 'out', 'figures.json'), 'utf8'))).toMatchObject({
      truth: 'masks',
      mixtures: 2,
    });
  });

  it('ends with words where the folder cannot be used', () => {
    const run = demo('--images', 'nowhere');
    expect(run.status).toBe(3);
    expect(run.stderr).toContain('FOLDER_UNREADABLE');
    expect(demo('--step', '3').status).toBe(2);
  });
});

describe('readOwnData', () => {
  it('keeps whole wells from training and never one for both sides', async () => {
    await writeSmallCultures(join(folder, 'wells'), 5);
    const data = await readOwnData(join(folder, 'wells'), undefined, () => {});
    expect(data.truth).toBe('artificial');
    const samples = (side: typeof data.cultures) =>
      side.map(({ images }) => images.map((image) => image.sample));
    expect(samples(data.cultures)[0]).toEqual(['cobble_A1', 'cobble_A2', 'cobble_A3', 'cobble_A4']);
    expect(samples(data.heldOut)[0]).toEqual(['cobble_A5']);
  });

  it('refuses a mixture that is a picture of a culture too', async () => {
    const root = join(folder, 'leaking');
    await writeSmallCultures(root, 1);
    await writeSmallMixtures(join(root, 'mixed'), 1);
    copyFileSync(join(root, 'cobble', 'cobble_A1.png'), join(root, 'mixed', 'images', 'mixture_B1.png'));
    await expect(readOwnData(root, undefined, () => {})).rejects.toMatchObject({
      code: 'TEST_PICTURE_IN_TRAINING',
      message: expect.stringContaining('cobble/cobble_A1.png'),
    });
  });

  it('asks for a second well where there is only one', async () => {
    await writeSmallCultures(join(folder, 'one-well'), 1);
    await expect(readOwnData(join(folder, 'one-well'), undefined, () => {})).rejects.toMatchObject({
      code: 'TOO_FEW_CULTURES',
    });
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
    const mixtures = await makeArtificialMixtures(cultures, calibration, 1);
    expect(mixtures).toHaveLength(16);
    const seen = new Set(mixtures.flatMap(({ classMap }) => [...new Set(classMap.data)]));
    expect(seen).toEqual(new Set([0, 1, 2, 255]));
    for (const { image, classMap } of mixtures) {
      expect([classMap.width, classMap.height]).toEqual([image.width, image.height]);
      expect(image.width % 16).toBe(0);
    }
    expect(await makeArtificialMixtures(cultures, calibration, 1)).toEqual(mixtures);
  });
});
