import { createRandom } from '@cellmixer/pixels';
import { describe, expect, it } from 'vitest';
import { createDonor, type Donor } from './donor.ts';
import { createFreeSpace, findPlace, type Place, refill } from './place.ts';
import { createScene, type Scene } from './scene.ts';

const SIZE = 96;

function disc(radius: number): Donor {
  const side = 2 * radius + 1;
  const state = Uint8Array.from({ length: side * side }, (_, i) =>
    Math.hypot((i % side) - radius, Math.floor(i / side) - radius) <= radius ? 1 : 0,
  );
  return { ...createDonor(), width: side, height: side, alpha: Float32Array.from(state), state };
}

function sceneWith(covered: (x: number, y: number) => boolean): Scene {
  const scene = createScene(SIZE, 1, 2);
  for (let i = 0; i < SIZE * SIZE; i++) if (covered(i % SIZE, Math.floor(i / SIZE))) scene.labels[i] = 1;
  return scene;
}

/** Pixels of the donor within the scene, on placed cells, and next to them (within 6 px). */
function measure(scene: Scene, donor: Donor, place: Place) {
  let visible = 0;
  let covering = 0;
  let near = false;
  const at = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < SIZE && y < SIZE && scene.labels[y * SIZE + x] !== 0;
  for (let i = 0; i < donor.width * donor.height; i++) {
    const x = place.x + (i % donor.width);
    const y = place.y + Math.floor(i / donor.width);
    if (donor.state[i] === 0 || x < 0 || y < 0 || x >= SIZE || y >= SIZE) continue;
    visible++;
    if (at(x, y)) covering++;
    near ||= at(x - 6, y) || at(x + 6, y) || at(x, y - 6) || at(x, y + 6);
  }
  return { share: covering / visible, visible, near };
}

describe('places', () => {
  it('cover placed cells by no more than allowed, and lie within the scene by a third at least', () => {
    const scene = sceneWith((x, y) => (x % 40) + (y % 40) < 38);
    const space = createFreeSpace(SIZE);
    refill(space, scene);
    const random = createRandom(1);
    const donor = disc(8);
    let found = 0;
    for (let n = 0; n < 60; n++) {
      const place = findPlace(space, donor, 0.15, n % 2 === 0, random);
      if (place === null) continue;
      found++;
      const { share, visible } = measure(scene, donor, place);
      // Blocks of 4 × 4 px know the cells' outlines to about a pixel.
      expect(share).toBeLessThan(0.25);
      expect(visible).toBeGreaterThan(0.3 * 200);
    }
    expect(found).toBeGreaterThan(30);
  });

  it('touch a placed cell where they should, and keep clear where they can', () => {
    const scene = sceneWith((x, y) => Math.hypot(x - 48, y - 48) < 12);
    const space = createFreeSpace(SIZE);
    refill(space, scene);
    const random = createRandom(2);
    const donor = disc(7);
    for (let n = 0; n < 40; n++) {
      const touching = findPlace(space, donor, 0.15, true, random);
      expect(touching && measure(scene, donor, touching).near).toBe(true);
      const clear = findPlace(space, donor, 0.15, false, random);
      expect(clear && measure(scene, donor, clear).share).toBeLessThan(0.03);
    }
  });

  it('are found in the last gap, and not at all where everything is full', () => {
    const gap = sceneWith((x, y) => !(x >= 60 && x < 84 && y >= 8 && y < 32));
    const space = createFreeSpace(SIZE);
    refill(space, gap);
    const random = createRandom(3);
    const donor = disc(9);
    const place = findPlace(space, donor, 0.05, false, random);
    expect(place && measure(gap, donor, place).share).toBeLessThan(0.1);
    refill(
      space,
      sceneWith(() => true),
    );
    expect(findPlace(space, donor, 0.15, true, random)).toBeNull();
  });
});
