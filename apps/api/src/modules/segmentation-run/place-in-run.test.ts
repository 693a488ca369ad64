import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAsking } from '../../testing/asking.ts';
import { type OpenWorld, openWorld } from '../../testing/open-world.ts';

let opened: OpenWorld;
let ids: Readonly<Record<string, string>>;

const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64');

/** Where one stands, its neighbours by name. */
async function placeOf(name: string) {
  const { database, world } = opened;
  const { node } = await openAsking(database).ask(
    { userId: world.actors.get('viewer')?.userId ?? '' },
    `query($run: ID!, $segmentation: ID!) { node(id: $run) { ... on SegmentationRun {
      place(segmentation: $segmentation) { before { id } after { id } place total } } } }`,
    {
      run: globalId('SegmentationRun', world.rows.get('SegmentationRun') ?? ''),
      segmentation: globalId('Segmentation', ids[name] ?? ''),
    },
  );
  if (node?.place == null) return null;
  const nameOf = (one: { id: string } | null) =>
    one && Object.keys(ids).find((key) => globalId('Segmentation', ids[key] ?? '') === one.id);
  const { before, after, place, total } = node.place;
  return { before: nameOf(before), after: nameOf(after), place, total };
}

beforeAll(async () => {
  opened = await openWorld();
  const { database, world } = opened;
  const known = await database.segmentation.findUniqueOrThrow({
    where: { id: world.rows.get('Segmentation') ?? '' },
  });
  const { projectId, imageId, modelVersionId } = known;
  const runId = world.rows.get('SegmentationRun') ?? '';
  const made: Record<string, string> = {};
  const of = { projectId, imageId, modelVersionId, settings: {} };
  const all = [
    { name: 'sure', uncertainty: 0.1 },
    { name: 'empty', uncertainty: null },
    { name: 'unsure', uncertainty: 0.9 },
    { name: 'failed', uncertainty: null, status: 'FAILED' as const },
    { name: 'middling', uncertainty: 0.5 },
    { name: 'deleted', uncertainty: 0.6, deletedAt: new Date() },
  ];
  for (const { name, ...rest } of all) {
    const row = { status: 'SUCCEEDED' as const, ...rest, ...of, settingsHash: name };
    const { id } = await database.segmentation.create({ data: row });
    await database.segmentationRunItem.create({ data: { runId, segmentationId: id } });
    made[name] = id;
  }
  const row = { ...of, settingsHash: 'elsewhere', status: 'SUCCEEDED' as const, uncertainty: 0.7 };
  const { id: elsewhere } = await database.segmentation.create({ data: row });
  ids = { ...made, elsewhere };
}, 120_000);
afterAll(() => opened?.[Symbol.asyncDispose]());

it('segmentations of a run are walked from the least sure to those without cells', async () => {
  expect(await placeOf('unsure')).toEqual({ before: null, after: 'middling', place: 1, total: 4 });
  expect(await placeOf('middling')).toEqual({ before: 'unsure', after: 'sure', place: 2, total: 4 });
  expect(await placeOf('sure')).toEqual({ before: 'middling', after: 'empty', place: 3, total: 4 });
  expect(await placeOf('empty')).toEqual({ before: 'sure', after: null, place: 4, total: 4 });
});

it('one that failed, was deleted or belongs to another run has no place', async () => {
  for (const name of ['failed', 'deleted', 'elsewhere']) expect(await placeOf(name)).toBeNull();
});
