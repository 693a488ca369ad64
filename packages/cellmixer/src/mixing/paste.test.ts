import { describe, expect, it } from 'vitest';
import { createDonor, type Donor } from './donor.ts';
import { drawnCalibration, drawPictures, plainRecipe } from './drawn-pictures.ts';
import { createNoiseTiles } from './noise.ts';
import { type PasteContext, pasteDonor } from './paste.ts';
import { createScene, UNDECIDED } from './scene.ts';
import { createStock } from './stock.ts';

const prepared = [0, 1].flatMap((type) => drawPictures({ type }));
const tiles = createNoiseTiles();

function context(
  more: Partial<PasteContext> & { readonly overlap?: 'upper' | 'ignore' | 'both' } = {},
): PasteContext {
  const { overlap = 'upper', ...rest } = more;
  const recipe = { ...plainRecipe, overlap };
  const stock = createStock({ prepared, types: ['a', 'b'], calibration: drawnCalibration, recipe });
  return { stock, recipe, tiles, blend: 'cover', noiseX: 0, noiseY: 0, ...rest };
}

/** A row of pixels: sure cell, its undecided ring, halo of alpha ¾ and ¼. */
function donor(type: number, value: number): Donor {
  return {
    ...createDonor(),
    type,
    width: 8,
    height: 1,
    alpha: Float32Array.of(1, 1, 1, 1, 1, 0.75, 0.25, 0),
    state: Uint8Array.of(1, 1, 1, 1, 2, 0, 0, 0),
    image: new Float32Array(8).fill(value),
    confidence: 1,
  };
}

function emptyScene() {
  const scene = createScene(16, 1, 2);
  scene.weight.fill(1);
  return scene;
}

const at = { x: 0, y: 0 };

describe('pasting', () => {
  it('keeps the label of the upper cell where two overlap', () => {
    const scene = emptyScene();
    pasteDonor(scene, donor(0, 1), at, context());
    pasteDonor(scene, donor(1, 2), { x: 2, y: 0 }, context());
    expect([...scene.labels.slice(0, 6)]).toEqual([1, 1, 2, 2, 2, 2]);
    expect([...scene.image.slice(0, 6)]).toEqual([1, 1, 2, 2, 2, 2]);
    expect([...scene.areas]).toEqual([2, 4]);
  });

  it('ignores the overlap, or gives it both labels, where the recipe says so', () => {
    const ignored = emptyScene();
    pasteDonor(ignored, donor(0, 1), at, context({ overlap: 'ignore' }));
    pasteDonor(ignored, donor(1, 2), { x: 2, y: 0 }, context({ overlap: 'ignore' }));
    expect([...ignored.labels.slice(0, 4)]).toEqual([1, 1, UNDECIDED, UNDECIDED]);
    expect([...ignored.weight.slice(0, 4)]).toEqual([1, 1, 0, 0]);
    const both = emptyScene();
    pasteDonor(both, donor(0, 1), at, context({ overlap: 'both' }));
    pasteDonor(both, donor(1, 2), { x: 2, y: 0 }, context({ overlap: 'both' }));
    expect([...both.labels.slice(0, 4)]).toEqual([1, 1, 3, 3]);
    expect([...both.weight.slice(0, 4)]).toEqual([1, 1, 1, 1]);
    // The fourth pixel of the second cell lies on the first one's ring: whether both are there, nobody knows.
    expect([...both.areas]).toEqual([4, 3]);
  });

  it('leaves ring and background as the donor has them, softly', () => {
    const scene = emptyScene();
    pasteDonor(scene, donor(0, 1), at, context());
    expect(scene.labels[4]).toBe(UNDECIDED);
    expect(scene.weight[4]).toBe(0);
    expect([...scene.labels.slice(5, 8)]).toEqual([0, 0, 0]);
    expect([...scene.image.slice(3, 8)]).toEqual([1, 1, 0.75, 0.25, 0]);
  });

  it('lets a placed cell shine through the halo of another and keep its label', () => {
    const scene = emptyScene();
    pasteDonor(scene, donor(0, 1), { x: 5, y: 0 }, context());
    pasteDonor(scene, donor(1, 2), at, context());
    expect(scene.labels[5]).toBe(1);
    expect(scene.weight[5]).toBe(1);
  });

  it('adds light that went through both in transmitted light, multiplies what is absorbed', () => {
    const scene = emptyScene();
    pasteDonor(scene, donor(0, -0.5), at, context({ blend: 'add' }));
    pasteDonor(scene, donor(1, -0.6), at, context({ blend: 'add' }));
    expect(scene.image[0]).toBeCloseTo(-1.1, 6);
    expect(scene.image[5]).toBeCloseTo(0.75 * -0.5 + 0.75 * -0.6, 6);
    const stained = context({ blend: 'add' });
    const calibration = { ...drawnCalibration, modality: 'stained' as const, intensityScale: [0.8] };
    const absorbing = { ...stained, stock: { ...stained.stock, calibration } };
    const section = emptyScene();
    pasteDonor(section, donor(0, -0.5), at, absorbing);
    pasteDonor(section, donor(1, -0.6), at, absorbing);
    const ratio = (1 - 0.8 * 0.5) * (1 - 0.8 * 0.6);
    expect(1 + 0.8 * section.image[0]!).toBeCloseTo(ratio, 6);
  });

  it('drops what lies outside the scene', () => {
    const scene = emptyScene();
    pasteDonor(scene, donor(0, 1), { x: -3, y: 0 }, context());
    pasteDonor(scene, donor(1, 2), { x: 14, y: 15 }, context());
    expect([...scene.labels.slice(0, 2)]).toEqual([1, UNDECIDED]);
    expect([...scene.labels.slice(254)]).toEqual([2, 2]);
    expect(scene.labels[240]).toBe(0);
  });
});
