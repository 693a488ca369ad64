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
/** Side of the largest donor, share of the crop; each failure makes the next one smaller. */
const LARGEST = 0.75;
const SHRINK = 0.75;
/** Largest side of a donor over the side of the square that its line lacks. */
const ROOM = 1.5;

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
  refill(space, scene);
  let failures = 0;
  for (let i = 0; i < MOST_DONORS && failures < PATIENCE; i++) {
    // Rings of undecided pixels take room as well: areas count with their part of them.
    const occupied = space.filled.reduce((sum, count) => sum + count, 0);
    const sure = scene.areas.reduce((sum, own) => sum + own, 0);
    if (occupied >= cover * area) break;
    const ring = sure > 0 ? occupied / sure : 1;
    const lacks = composition.map((share, type) => {
      const lack = share * cover * area - ring * scene.areas[type]!;
      return lack > CLOSE_ENOUGH * cell ? lack : 0;
    });
    if (lacks.every((lack) => lack === 0)) break;
    const type = pickWeighted(random, lacks);
    // A clump that is much larger than what its line lacks would tip the composition.
    const fitting = Math.max(2.5 * stock.cellDiameter, ROOM * Math.sqrt(lacks[type]!));
    const largest = Math.min(LARGEST * recipe.cropSize, fitting) * SHRINK ** failures;
    drawDonor(donor, stock, type, largest, recipe, random);
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
