import { type Database, Prisma } from '@cellmixer/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadVisible } from '../graphql/node.ts';
import { openScatteredWorld, type ScatteredWorld } from '../testing/open-scattered-world.ts';
import type { Who } from '../testing/world.ts';
import { type Actor, anonymous } from './actor.ts';
import { homes, isNodeType, type NodeType, visible } from './visible.ts';
import { visibleBelow } from './visible-below.ts';

let opened: ScatteredWorld;
let database: Database;
let actors: ReadonlyMap<Who, Actor>;

/** Every column by which rows of one type hang from another. */
interface Pair {
  readonly type: NodeType;
  readonly column: string;
  readonly parentType: NodeType;
}
const pairs: Pair[] = [];

beforeAll(async () => {
  opened = await openScatteredWorld();
  ({ database, actors } = opened);
  const columns = await database.$queryRaw<{ table: string; column: string }[]>`
    SELECT table_name AS table, column_name AS column FROM information_schema.columns
    WHERE table_schema = 'public' AND data_type = 'uuid' AND column_name LIKE '%Id'`;
  for (const { table, column } of columns) {
    const parentType = column.charAt(0).toUpperCase() + column.slice(1, -2);
    if (isNodeType(table) && isNodeType(parentType)) pairs.push({ type: table, column, parentType });
  }
  pairs.push({ type: 'Foreground', column: 'contactSheetId', parentType: 'Dataset' });
});
afterAll(() => opened?.[Symbol.asyncDispose]());

/** All rows of a type that the actor may see, each as it was read for the actor. */
async function parentsOf(actor: Actor, type: NodeType): Promise<{ readonly id: string }[]> {
  const all = await database.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id::text AS id FROM ${Prisma.raw(`"${type}"`)}`,
  );
  const ids = all.map(({ id }) => id);
  return [...(await loadVisible<{ id: string }>({ actor, database }, type, ids)).values()];
}

describe('rows below a parent that was read by its rule', () => {
  it('are those that the whole rule gives, for everybody', async () => {
    const shortened = new Set<string>();
    const counted = { seen: 0, hidden: 0 };
    for (const [who, actor] of actors)
      for (const { type, column, parentType } of pairs)
        for (const parent of await parentsOf(actor, parentType)) {
          const below = visibleBelow(actor, type, column, parent);
          const whole = visible(actor, type);
          if (below === whole) continue;
          shortened.add(`${type}.${column}`);
          const rows = await database.$queryRaw<{ below: boolean; whole: boolean }[]>(
            Prisma.sql`SELECT (${below}) AS below, (${whole}) AS whole FROM ${Prisma.raw(`"${type}" t`)}
              WHERE t.${Prisma.raw(`"${column}"`)} = ${parent.id}::uuid`,
          );
          for (const row of rows) {
            expect(row.below, `${who}: ${type} by ${column} of ${parent.id}`).toBe(row.whole);
            counted[row.whole ? 'seen' : 'hidden']++;
          }
        }
    expect([...shortened].toSorted()).toEqual([
      'Annotation.imageId',
      'DatasetShare.datasetId',
      'DatasetShare.projectId',
      'DatasetVersion.datasetId',
      'Evaluation.modelVersionId',
      'Export.segmentationRunId',
      'Foreground.contactSheetId',
      'Foreground.imageId',
      'Image.datasetId',
      'ModelVersion.modelId',
      'ReviewerLink.datasetId',
    ]);
    expect(counted.seen).toBeGreaterThan(100);
    expect(counted.hidden).toBeGreaterThan(10);
  }, 120_000);

  it('are asked for by the whole rule of any other parent', async () => {
    const owner = actors.get('owner')!;
    const others = [actors.get('borrower')!, actors.get('other lab')!, anonymous, { ...owner }];
    for (const { type, column, parentType } of pairs)
      for (const parent of await parentsOf(owner, parentType)) {
        // The same values, but not the row that was read.
        expect(visibleBelow(owner, type, column, { ...parent })).toBe(visible(owner, type));
        for (const other of others)
          expect(visibleBelow(other, type, column, parent)).toBe(visible(other, type));
        for (const unfit of Object.keys(homes) as NodeType[])
          if (unfit !== type && !pairs.some((pair) => pair.type === unfit && pair.column === column))
            expect(visibleBelow(owner, unfit, column, parent)).toBe(visible(owner, unfit));
      }
  }, 120_000);
});
