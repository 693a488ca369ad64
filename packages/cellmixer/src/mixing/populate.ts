import type { Random } from '@cellmixer/pixels';
import { BLOCK } from './coverage.ts';
import { type Donor, drawDonor } from './donor.ts';
import { type PasteContext, pasteDonor } from './paste.ts';
import { type FreeSpace, findPlace, refill } from './place.ts';
import { pickWeighted } from './random-choice.ts';
import type { Scene } from './scene.ts';

/** A line that is nearer than this to its wanted area is done: share of a typical cell. */
const CLOSE_ENOUGH = 0.3;
/** Donors in a row that find no place before the scene counts as full. */
const PATIENCE = 5;
const MOST_DONORS = 80;
/** Transparent cells may lie over each other as they like. */
const FREE_OVERLAP = 0.8;
/** Side of the largest donor, share of the crop. */
const LARGEST = 0.75;

/**
 * Pastes cells until each line has its share of the wanted cover. The next line is drawn by what it still
 * lacks, so that no line is always the upper one.
 *
 * @param cover share of the scene that will be cell
 * @param composition share of each line in it, adds up to 1; the canvas's own cells count
 */
export function populate(
  scene: Scene,
  space: FreeSpace,
  donor: Donor,
  cover: number,
  composition: readonly number[],
  context: PasteContext,
  random: Random,
): void {
  const { stock, recipe } = context;
  const cell = (Math.PI / 4) * stock.cellDiameter * stock.cellDiameter;
  const area = scene.size * scene.size;
  const maxOverlap = context.blend === 'add' ? FREE_OVERLAP : recipe.maxOverlap;
  const largest = LARGEST * recipe.cropSize;
  refill(space, scene);
  let failures = 0;
  for (let i = 0; i < MOST_DONORS && failures < PATIENCE; i++) {
    const lacks = composition.map((share, type) => {
      const lack = share * cover * area - scene.areas[type]!;
      return lack > CLOSE_ENOUGH * cell ? lack : 0;
    });
    // What the canvas brought too much of is taken from the others, or the cover would exceed the wanted one.
    const present = scene.areas.reduce((a, b) => a + b, 0);
    if (present >= cover * area || lacks.every((lack) => lack === 0)) break;
    drawDonor(donor, stock, pickWeighted(random, lacks), largest, recipe, random);
    const place = findPlace(space, donor, maxOverlap, random.next() < recipe.touching, random);
    if (place === null) {
      failures++;
      continue;
    }
    failures = 0;
    pasteDonor(scene, donor, place, context);
    refill(
      space,
      scene,
      Math.floor(place.x / BLOCK),
      Math.floor(place.y / BLOCK),
      Math.ceil((place.x + donor.width) / BLOCK) + 1,
      Math.ceil((place.y + donor.height) / BLOCK) + 1,
    );
  }
}
