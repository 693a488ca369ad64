import type { Database } from '@cellmixer/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAsking } from './testing/asking.ts';
import { type OpenWorld, openWorld } from './testing/open-world.ts';
import type { Who, World } from './testing/world.ts';

let opened: OpenWorld;
let database: Database;
let world: World;
let asking: ReturnType<typeof openAsking>;

const rowOf = (type: Parameters<World['rows']['get']>[0]) => world.rows.get(type) ?? '';
const idOf = (type: Parameters<World['rows']['get']>[0]) =>
  Buffer.from(`${type}:${rowOf(type)}`).toString('base64');
const person = (who: Who) => ({ userId: world.actors.get(who)?.userId ?? '' });
const start = (who: Who, cellLine: string | null = null) =>
  asking.mutate(
    person(who),
    'startNullSplit',
    { modelVersion: idOf('ModelVersion'), cellLine },
    'trainingRun { id }',
  );

beforeAll(async () => {
  opened = await openWorld();
  ({ database, world } = opened);
  asking = openAsking(database);
  const runId = rowOf('TrainingRun');
  await database.modelVersion.update({
    where: { id: rowOf('ModelVersion') },
    data: { trainingRunId: runId },
  });
  const class_ = await database.trainingClass.create({
    data: { runId, position: 0, name: 'A172', colour: '#e69f00' },
  });
  const versionId = rowOf('DatasetVersion');
  const cellLineId = rowOf('CellLine');
  await database.trainingSource.create({ data: { runId, classId: class_.id, versionId, cellLineId } });
  for (const [at, replicate] of ['R1', 'R1', 'R2'].entries()) {
    const image = await readyImage(`${at}.tif`);
    await database.datasetVersionItem.create({
      data: { versionId, imageId: image.id, checksum: `${at}`, cellLineId, lineName: 'A172', replicate },
    });
  }
}, 120_000);
afterAll(() => opened?.[Symbol.asyncDispose]());

describe('a null split', () => {
  it('is refused where no line has two replicates of two pictures, and says what to do', async () => {
    expect(await start('editor')).toMatchObject({
      __typename: 'ValidationError',
      code: 'REPLICATE_MISSING',
      cure: expect.stringContaining('replicate'),
    });
    const refused = await start('editor', idOf('CellLine'));
    expect(refused.message).toMatch(/^A172 has 3 usable pictures of 2 named replicates/);
  });

  it('is refused for a line that the model was not trained on', async () => {
    const other = await database.cellLine.create({
      data: {
        organizationId: world.organizationId,
        name: 'HeLa',
        colour: '#56b4e9',
        createdById: person('owner').userId,
      },
    });
    const id = Buffer.from(`CellLine:${other.id}`).toString('base64');
    expect(await start('editor', id)).toMatchObject({ code: 'CELL_LINE_NOT_IN_MODEL' });
  });

  it('is refused while another one of the version waits, and is nothing that viewers start', async () => {
    const [item] = await database.datasetVersionItem.findMany({ where: { replicate: 'R2' } });
    const image = await readyImage('4.tif');
    if (item === undefined) throw new Error('no picture of R2');
    const { id: _, ...same } = item;
    await database.datasetVersionItem.create({ data: { ...same, imageId: image.id, checksum: '4' } });
    const { node } = await asking.ask(
      person('viewer'),
      'query($id: ID!) { node(id: $id) { ... on ModelVersion { nullSplit { id } nullSplitLines { name replicates pictures possible cellLine { name } } } } }',
      { id: idOf('ModelVersion') },
    );
    expect(node).toEqual({
      nullSplit: null,
      nullSplitLines: [
        { name: 'A172', replicates: 2, pictures: 4, possible: true, cellLine: { name: 'A172' } },
      ],
    });
    const { id } = await splitRun('QUEUED', null);
    expect(await start('editor')).toMatchObject({
      __typename: 'ConflictError',
      code: 'NULL_SPLIT_UNDER_WAY',
    });
    expect(await start('viewer')).toMatchObject({ __typename: 'ForbiddenError' });
    expect(await start('other lab')).toMatchObject({ code: 'MODELVERSION_NOT_FOUND' });
    await database.trainingRun.delete({ where: { id } });
  });

  it('is not cloned', async () => {
    const { id } = await splitRun('SUCCEEDED', 0.5);
    const input = { trainingRun: Buffer.from(`TrainingRun:${id}`).toString('base64') };
    const answer = await asking.mutate(person('editor'), 'cloneTrainingRun', input, 'trainingRun { id }');
    expect(answer).toMatchObject({ code: 'NULL_SPLIT_NOT_CLONED', cure: expect.anything() });
    await database.trainingRun.delete({ where: { id } });
  });

  it('counts in the verdict as the one that told the most apart, until it is deleted', async () => {
    const check = async () => {
      const { node } = await asking.ask(
        person('viewer'),
        'query($id: ID!) { node(id: $id) { ... on ModelVersion { verdict { checks { name outcome value sentence } } } } }',
        { id: idOf('ModelVersion') },
      );
      return node.verdict.checks[1];
    };
    expect(await check()).toMatchObject({ name: 'NULL_SPLIT', outcome: 'NOT_RUN' });
    await splitRun('SUCCEEDED', 0.55);
    expect(await check()).toMatchObject({
      outcome: 'PASSED',
      value: 0.55,
      sentence: expect.stringContaining('replicates of A172'),
    });
    const { id } = await splitRun('SUCCEEDED', 0.7);
    await splitRun('SUCCEEDED', 0.5);
    expect(await check()).toMatchObject({ outcome: 'FAILED', value: 0.7 });
    await database.trainingRun.update({ where: { id }, data: { deletedAt: new Date() } });
    expect(await check()).toMatchObject({ outcome: 'PASSED', value: 0.55 });
  });
});

function readyImage(name: string) {
  const size = { sizeBytes: 1, width: 1, height: 1, channels: 1 };
  return database.image.create({
    data: {
      ...{ datasetId: world.datasetId, name, status: 'READY', checksum: name, originalKey: name, ...size },
      createdById: person('owner').userId,
    },
  });
}

function splitRun(status: 'QUEUED' | 'SUCCEEDED', nullSplitAccuracy: number | null) {
  const { projectId } = world;
  const how = { preset: 'fast', steps: 1, seed: 1, settings: {}, createdById: person('owner').userId };
  const cellLineId = rowOf('CellLine');
  const source = { runId: '', versionId: rowOf('DatasetVersion'), cellLineId };
  return database.$transaction(async (tx) => {
    const run = await tx.trainingRun.create({
      data: {
        ...{ projectId, name: 'First (null split)', status, nullSplitAccuracy, ...how },
        nullSplitOfId: rowOf('ModelVersion'),
      },
    });
    for (const position of [0, 1]) {
      const half = await tx.trainingClass.create({
        data: { runId: run.id, position, name: `half ${position + 1}`, colour: '#888888' },
      });
      await tx.trainingSource.create({ data: { ...source, runId: run.id, classId: half.id } });
    }
    return run;
  });
}
