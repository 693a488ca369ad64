import { describe, expect, it } from 'vitest';
import type { Recipe, Sample } from '../contracts.ts';
import { type ComposerOptions, createComposer } from './compose-sample.ts';
import { drawnCalibration, drawPictures, only, plainRecipe } from './drawn-pictures.ts';
import { baselineRecipe, cellmixerRecipe, paperRecipe } from './recipes.ts';

const types = ['dim', 'medium', 'bright'];
const values = [-1, 1, 2];
const prepared = values.flatMap((value, type) => drawPictures({ type, value: [value] }));
const options: ComposerOptions = {
  prepared,
  types,
  calibration: drawnCalibration,
  recipe: plainRecipe,
  seed: 7,
};

function composer(recipe: Recipe, more: Partial<ComposerOptions> = {}) {
  return createComposer({ ...options, recipe, ...more });
}

function many(recipe: Recipe, count: number, more: Partial<ComposerOptions> = {}): Sample[] {
  const made = composer(recipe, more);
  return Array.from({ length: count }, (_, i) => made.sample(0, i));
}

/** Type of a pixel that one type alone covers; −1 elsewhere. */
function typeAt(sample: Sample, i: number): number {
  const area = sample.size * sample.size;
  return types.findIndex((_, k) => sample.types[k * area + i] === 1);
}

describe('a sample', () => {
  it('is a function of seed, step, index and mask generation alone', () => {
    const recipe = { ...cellmixerRecipe('transmitted'), cropSize: 96 };
    const one = composer(recipe);
    const other = composer(recipe);
    for (let i = 0; i < 12; i++) other.sample(3, i);
    expect(one.sample(5, 2)).toEqual(other.sample(5, 2));
    const image = one.sample(5, 2).image;
    expect(one.sample(5, 3).image).not.toEqual(image);
    expect(one.sample(6, 2).image).not.toEqual(image);
    expect(one.sample(5, 2, 1).image).not.toEqual(image);
    expect(composer(recipe, { seed: 8 }).sample(5, 2).image).not.toEqual(image);
  });

  it('shows in every mode what its labels say', () => {
    for (const mode of ['paste', 'juxtapose', 'pure'] as const) {
      let seen = 0;
      let wrong = 0;
      for (const sample of many(only(mode), 12)) {
        for (let i = 0; i < sample.weight.length; i++) {
          if (sample.weight[i] === 0) continue;
          const type = typeAt(sample, i);
          if (sample.foreground[i] !== (type >= 0 ? 1 : 0)) wrong++;
          if (type < 0) continue;
          // Donors are read between pixels, so values near a rim may fall short of the cell's own.
          if (Math.abs(sample.image[i]! - values[type]!) < 1e-4) seen++;
          else if (Math.sign(sample.image[i]!) !== Math.sign(values[type]!)) wrong++;
        }
      }
      expect(wrong).toBe(0);
      expect(seen).toBeGreaterThan(5000);
    }
  });

  it('keeps the pixel values of pasted cells inside them', () => {
    let inside = 0;
    let exact = 0;
    for (const sample of many({ ...only('paste'), maxOverlap: 0, freeCanvas: 1 }, 16)) {
      for (let i = 0; i < sample.weight.length; i++) {
        const type = typeAt(sample, i);
        if (type < 0) continue;
        inside++;
        if (Math.abs(sample.image[i]! - values[type]!) < 0.02) exact++;
      }
    }
    // Only the outermost pixels of turned cells are mixed with their ring.
    expect(exact / inside).toBeGreaterThan(0.85);
  });

  it('gives undecided pixels no weight and a foreground of one half', () => {
    for (const sample of many(only('paste'), 8)) {
      let undecided = 0;
      for (let i = 0; i < sample.weight.length; i++) {
        if (sample.foreground[i] !== 0.5) continue;
        undecided++;
        expect(sample.weight[i]).toBe(0);
      }
      expect(undecided).toBeGreaterThan(0);
    }
  });

  it('draws the lines equally often and covers the range of confluence', () => {
    const areas = [0, 0, 0];
    const covers: number[] = [];
    for (const sample of many({ ...only('paste'), freeCanvas: 1 }, 240)) {
      let cover = 0;
      for (let i = 0; i < sample.weight.length; i++) {
        const type = typeAt(sample, i);
        if (type >= 0) areas[type]! += 1;
        if (sample.foreground[i]! > 0) cover++;
      }
      covers.push(cover / sample.weight.length);
    }
    const total = areas.reduce((a, b) => a + b, 0);
    for (const area of areas) expect(area / total).toBeCloseTo(1 / 3, 1);
    covers.sort((a, b) => a - b);
    expect(covers[24]).toBeLessThan(0.25);
    expect(covers[216]).toBeGreaterThan(0.6);
  });

  it('sums type shares to one where two crops are averaged, each side alone keeping its class', () => {
    let both = 0;
    for (const sample of many(only('mixup'), 8)) {
      const area = sample.size * sample.size;
      for (let i = 0; i < area; i++) {
        if (sample.weight[i] === 0 || sample.foreground[i] === 0) continue;
        const shares = types.map((_, k) => sample.types[k * area + i]!);
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
        if (shares.some((share) => share > 0 && share < 1)) {
          both++;
          for (const share of shares) if (share > 0) expect(Math.abs(share - 0.5)).toBeLessThan(0.151);
          const mean = shares.reduce((sum, share, k) => sum + share * values[k]!, 0);
          expect(sample.image[i]).toBeCloseTo(mean, 4);
        }
      }
    }
    expect(both).toBeGreaterThan(100);
  });

  it('shows one type alone in the baseline, several in mixtures', () => {
    const kinds = (sample: Sample) => {
      const found = new Set<number>();
      for (let i = 0; i < sample.weight.length; i++) if (sample.weight[i]! > 0) found.add(typeAt(sample, i));
      found.delete(-1);
      return found.size;
    };
    const small = { cropSize: 96 };
    for (const sample of many({ ...baselineRecipe('transmitted'), ...small }, 20)) {
      expect(kinds(sample)).toBeLessThanOrEqual(1);
    }
    const mixed = many({ ...cellmixerRecipe('transmitted'), ...small }, 20).filter(
      (sample) => kinds(sample) > 1,
    );
    expect(mixed.length).toBeGreaterThan(10);
    for (const sample of many({ ...paperRecipe('transmitted'), ...small }, 4)) expect(kinds(sample)).toBe(2);
  });

  it('tells nothing of the line by the noise of its background', () => {
    const noisy = [0.02, 0.05, 0.035];
    const cultures = noisy.flatMap((noise, type) => drawPictures({ type, noise, pictures: 3 }));
    const recipe = { ...only('pure'), levelNoise: true };
    const deviations = types.map(() => ({ sum: 0, count: 0 }));
    for (const sample of many(recipe, 60, { prepared: cultures })) {
      const type = [...sample.types.keys()].find((i) => sample.types[i] === 1);
      if (type === undefined) continue;
      const line = deviations[Math.floor(type / (sample.size * sample.size))]!;
      for (let i = 0; i < sample.weight.length; i++) {
        if (sample.foreground[i] !== 0 || sample.weight[i] === 0) continue;
        line.sum += sample.image[i]! ** 2;
        line.count++;
      }
    }
    const levels = deviations.map(({ sum, count }) => Math.sqrt(sum / count));
    expect(Math.max(...levels) / Math.min(...levels)).toBeLessThan(1.05);
    expect(Math.min(...levels)).toBeGreaterThan(0.045);
  });

  it('is made of pictures smaller than the crop', () => {
    const cultures = [0, 1, 2].flatMap((type) => drawPictures({ type, width: 40, height: 44, cells: 1 }));
    for (const mode of ['paste', 'overlay', 'mixup', 'juxtapose', 'pure'] as const) {
      const warped = { ...only(mode), augment: cellmixerRecipe('transmitted').augment };
      for (const sample of many(warped, 6, { prepared: cultures })) {
        expect(sample.image.every(Number.isFinite)).toBe(true);
        expect(sample.foreground.some((value) => value === 1)).toBe(true);
      }
    }
  });

  it('carries every channel of its pictures', () => {
    const colours = [
      [1, -1, 0.5],
      [-1, 1, 0.2],
    ];
    const cultures = colours.flatMap((value, type) => drawPictures({ type, value }));
    const calibration = {
      ...drawnCalibration,
      modality: 'stained' as const,
      channels: 3,
      intensityScale: [0.4, 0.4, 0.4],
    };
    const made = createComposer({
      ...options,
      prepared: cultures,
      types: ['red', 'green'],
      calibration,
      recipe: only('paste'),
    });
    let found = 0;
    for (let n = 0; n < 6; n++) {
      const sample = made.sample(0, n);
      const area = sample.size * sample.size;
      for (let i = 0; i < area; i++) {
        for (const [k, colour] of colours.entries()) {
          if (sample.types[k * area + i] !== 1 || Math.abs(sample.image[i]! - colour[0]!) > 1e-4) continue;
          found++;
          expect(sample.image[area + i]).toBeCloseTo(colour[1]!, 3);
          expect(sample.image[2 * area + i]).toBeCloseTo(colour[2]!, 3);
        }
      }
    }
    expect(found).toBeGreaterThan(1000);
  });
});

describe('pictures that cannot be mixed', () => {
  const fails = (more: Partial<ComposerOptions>) => {
    try {
      composer(plainRecipe, more);
    } catch (error) {
      return error;
    }
    return null;
  };

  it('are named: a culture without cells, without pictures, all confluent; a single culture', () => {
    const empty = prepared.filter(({ type }) => type !== 1).concat(drawPictures({ type: 1, cells: 0 }));
    expect(fails({ prepared: empty })).toMatchObject({ code: 'NO_FOREGROUND', subject: 'medium' });
    expect(fails({ prepared: prepared.filter(({ type }) => type !== 2) })).toMatchObject({
      code: 'TOO_FEW_CULTURES',
      subject: 'bright',
    });
    const confluent = prepared.map((picture) =>
      picture.type === 0 ? { ...picture, quality: { ...picture.quality, confluent: true } } : picture,
    );
    expect(fails({ prepared: confluent })).toMatchObject({ code: 'NO_FOREGROUND', subject: 'dim' });
    expect(fails({ types: ['dim'] })).toMatchObject({ code: 'TOO_FEW_CULTURES' });
  });

  it('are named: other channels than the calibration has', () => {
    const odd = [...prepared, ...drawPictures({ type: 0, value: [1, 1], pictures: 1 })];
    expect(fails({ prepared: odd })).toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'type 0 picture 0' });
  });

  it('make no difference to other pictures: a culture may hold one without cells', () => {
    const withEmpty = [...prepared, ...drawPictures({ type: 1, cells: 0, pictures: 1 })];
    const samples = many(cellmixerRecipe('transmitted'), 8, { prepared: withEmpty });
    expect(samples.every((sample) => sample.image.every(Number.isFinite))).toBe(true);
  });
});
