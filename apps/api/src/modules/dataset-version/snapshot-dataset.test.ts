import type { Database } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsking } from '../../testing/asking.ts';
import { type OpenWorld, openWorld } from '../../testing/open-world.ts';
import type { World } from '../../testing/world.ts';

let opened: OpenWorld;
let database: Database;
let world: World;

beforeAll(async () => {
  opened = await openWorld();
  ({ database, world } = opened);
  await database.image.deleteMany({ where: { segmentations: { none: {} } } });
});
afterAll(() => opened?.[Symbol.asyncDispose]());

const idOf = (type: 'Dataset' | 'Sample') => world.rows.get(type) ?? '';

async function addImage(
  name: string,
  labelled: boolean,
  decision: 'FOUND' | 'TUNED' | 'ACCEPTED' | 'REJECTED' | null,
) {
  const createdById = world.actors.get('editor')?.userId ?? '';
  const size = {
    sizeBytes: 1,
    width: 4,
    height: 4,
    channels: 1,
    depth: 8,
    checksum: name,
    originalKey: name,
  };
  const data = { datasetId: idOf('Dataset'), name, status: 'READY' as const, createdById, ...size };
  const sampleId = labelled ? idOf('Sample') : null;
  const { id: imageId } = await database.image.create({ data: { ...data, sampleId } });
  if (decision === null) return;
  const mask = { parameters: {}, quality: {}, coverage: 0.5, confluent: false, maskKey: name };
  await database.foreground.create({ data: { imageId, revision: 1, decision, ...mask } });
}

async function snapshot(idempotencyKey: string) {
  return openAsking(database).mutate(
    { userId: world.actors.get('editor')?.userId ?? '' },
    'snapshotDataset',
    { dataset: encodeGlobalID('Dataset', idOf('Dataset')), idempotencyKey },
    'version { number } warnings { code images message cure }',
  );
}

describe('a snapshot of labelled images', () => {
  it('is silent where every mask was accepted or rejected, and where nothing is labelled', async () => {
    await addImage('accepted', true, 'ACCEPTED');
    await addImage('rejected', true, 'REJECTED');
    await addImage('unlabelled', false, 'FOUND');
    await addImage('unlabelled too', false, null);
    expect(await snapshot('first')).toMatchObject({ version: {}, warnings: [] });
  });

  it('is taken where masks are open or missing, and says so, once more to a second sending', async () => {
    await addImage('found', true, 'FOUND');
    await addImage('tuned', true, 'TUNED');
    await addImage('missing', true, null);
    const expected = [
      { code: 'FOREGROUND_MISSING', images: 1, message: expect.stringContaining('1 of 5 labelled images') },
      {
        code: 'FOREGROUND_NOT_ACCEPTED',
        images: 2,
        message: expect.stringContaining('2 of 5 labelled images'),
      },
    ];
    const answer = await snapshot('second');
    expect(answer.warnings).toMatchObject(expected);
    expect(await snapshot('second')).toEqual(answer);
  });
});
