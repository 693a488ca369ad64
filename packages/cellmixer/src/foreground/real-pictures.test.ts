import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readImageSource, readLabelMap } from '@cellmixer/imaging';
import { realData } from '@cellmixer/test-data';
import { describe, expect, it } from 'vitest';
import { makeMask } from './make-mask.ts';
import { measureBackground } from './measure-background.ts';
import { defaultForegroundParameters } from './parameters.ts';
import { overlapOf } from './testing/drawn-picture.ts';

const livecell = realData('livecell8');
const smears = realData('chula_rbc12');

/** Covered by cells to 97 %. */
const CONFLUENT = 'SKOV3_Phase_E4_1_02d12h00m_2.tif';

function picturesOf(set: string, type: string): string[] {
  const folder = join(set, 'dev/homogeneous', type, 'images');
  return readdirSync(folder).map((name) => join(folder, name));
}

async function segment(path: string, modality: 'transmitted' | 'stained') {
  const image = await (await readImageSource(path)).read();
  return makeMask(measureBackground(image, { modality }), defaultForegroundParameters(modality));
}

async function truthOf(path: string) {
  const file = path.replace('/images/', '/masks_instance/').replace(/\.\w+$/, '.png');
  if (!existsSync(file)) return null;
  const labels = await readLabelMap(file);
  return { ...labels, data: Uint8Array.from(labels.data, (v) => (v > 0 ? 1 : 0)) };
}

describe.skipIf(!livecell)('phase contrast of eight lines (needs livecell8)', () => {
  const lines = livecell ? readdirSync(join(livecell, 'dev/homogeneous')) : [];

  it('agrees with drawn masks to 0.78 on average and 0.60 at worst, by one set of parameters', async () => {
    const overlaps: number[] = [];
    for (const path of lines.flatMap((line) => picturesOf(livecell!, line))) {
      const truth = path.endsWith(CONFLUENT) ? null : await truthOf(path);
      if (truth) overlaps.push(overlapOf((await segment(path, 'transmitted')).mask, truth));
    }
    expect(overlaps.length).toBeGreaterThanOrEqual(8);
    expect(overlaps.reduce((a, b) => a + b) / overlaps.length).toBeGreaterThanOrEqual(0.78);
    expect(Math.min(...overlaps)).toBeGreaterThanOrEqual(0.6);
  });

  it('flags the confluent picture and no other, dense ones included', async () => {
    for (const line of lines) {
      for (const path of picturesOf(livecell!, line).slice(0, 4)) {
        const { quality } = await segment(path, 'transmitted');
        expect([path, quality.confluent]).toEqual([path, path.endsWith(CONFLUENT)]);
        if (!quality.confluent) expect(quality.warnings).toEqual([]);
      }
    }
  });
});

describe.skipIf(!smears)('stained smears (needs chula_rbc12)', () => {
  it('finds the red cells on green and blue grounds', async () => {
    for (const type of ['normal', 'spherocyte', 'elliptocyte', 'target']) {
      const path = picturesOf(smears!, type)[0]!;
      const { mask, quality } = await segment(path, 'stained');
      // The masks of this set hold the cells that were named, ours all of them.
      const truth = (await truthOf(path))!;
      const named = { ...truth, data: truth.data.map((v, i) => v & mask.data[i]!) };
      expect(overlapOf(named, truth)).toBeGreaterThan(0.85);
      expect(quality.coverage).toBeLessThan(0.7);
    }
  });
});
