import { randomUUID } from 'node:crypto';
import { type ApiClient, mutate } from '@cellmixer/api-client';
import { enqueue } from '@cellmixer/jobs';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shareCodeOf } from './modules/dataset-share/share-code.ts';
import { type ServedWorld, serveWorld } from './testing/served-world.ts';

let served: ServedWorld;
let manager: ApiClient;
let borrower: ApiClient;
let dataset: string;
let share: string;
let borrowing: string;

const anything = z.any();
const change = (client: ApiClient, mutation: string, input: object, fields: string) =>
  mutate(client, mutation, { ...input }, fields, anything);
const node = async (client: ApiClient, id: string, fields: string) => {
  const { nodes } = await client.request(
    `query($ids: [ID!]!) { nodes(ids: $ids) { ${fields} } }`,
    { ids: [id] },
    anything,
  );
  return nodes[0];
};

beforeAll(async () => {
  served = await serveWorld();
  const { world, database } = served;
  manager = await served.clientOf('manager');
  borrower = await served.clientOf('borrower');
  dataset = encodeGlobalID('Dataset', world.datasetId);
  const row = await database.datasetShare.findUniqueOrThrow({
    where: { id: world.rows.get('DatasetShare') ?? '' },
  });
  share = encodeGlobalID('DatasetShare', row.id);
  borrowing = row.projectId;
  const member = await database.member.findFirstOrThrow({ where: { user: { name: 'borrower' } } });
  await database.projectGrant.updateMany({
    where: { projectId: borrowing, memberId: member.id },
    data: { role: 'MANAGER' },
  });
});
afterAll(() => served?.[Symbol.asyncDispose]());

/** A segmentation of the lent picture in the borrower's project, with an overlay, and a training, both waiting. */
async function putToWork() {
  const { database, queue, world } = served;
  const createdById = world.actors.get('borrower')?.userId ?? '';
  const { organizationId } = await database.project.findUniqueOrThrow({ where: { id: borrowing } });
  const model = await database.model.create({
    data: { projectId: borrowing, name: randomUUID(), createdById },
  });
  const version = { number: 1, calibration: {}, card: {}, objectKey: 'o', sizeBytes: 1, checksum: 'c' };
  const { id: modelVersionId } = await database.modelVersion.create({
    data: { modelId: model.id, ...version },
  });
  const keys = {
    overlayKey: `attempts/${randomUUID()}/1/overlay.png`,
    classMapKey: `attempts/${randomUUID()}/1/c.png`,
  };
  const segmentation = await database.segmentation.create({
    data: {
      projectId: borrowing,
      imageId: world.rows.get('Image') ?? '',
      modelVersionId,
      settings: {},
      settingsHash: 'h',
      ...keys,
    },
  });
  const training = await database.trainingRun.create({
    data: {
      projectId: borrowing,
      name: 'Borrowed',
      preset: 'fast',
      steps: 1,
      seed: 1,
      settings: {},
      createdById,
      classes: { create: { position: 0, name: 'A172', colour: '#e69f00' } },
      samples: {
        create: {
          kind: 'SAMPLE',
          step: 0,
          position: 0,
          pictureKey: 'attempts/s/1/a.png',
          labelsKey: 'attempts/s/1/b.png',
        },
      },
    },
    include: { classes: true },
  });
  await database.trainingSource.create({
    data: {
      runId: training.id,
      versionId: world.rows.get('DatasetVersion') ?? '',
      cellLineId: world.rows.get('CellLine') ?? '',
      classId: training.classes[0]?.id ?? '',
    },
  });
  const comparison = await database.comparison.create({
    data: {
      projectId: borrowing,
      name: 'Borrowed',
      datasetVersionId: world.rows.get('DatasetVersion') ?? '',
      createdById,
    },
  });
  const owner = { organizationId, projectId: borrowing, createdById };
  await database.$transaction(async (tx) => {
    await enqueue(tx, queue, owner, [
      { kind: 'COMPARE', subjectId: comparison.id, payload: { comparisonId: comparison.id } },
    ]);
    await enqueue(tx, queue, owner, [
      { kind: 'SEGMENT', subjectId: segmentation.id, payload: { segmentationId: segmentation.id } },
    ]);
    await enqueue(tx, queue, owner, [
      { kind: 'TRAIN', subjectId: training.id, payload: { trainingRunId: training.id } },
    ]);
  });
  return { segmentation, training, comparison };
}

/** The lent picture segmented in a project by a model of one line: five cells were found. */
async function countRun(projectId: string): Promise<string> {
  const { database, world } = served;
  const by = { createdById: world.actors.get('borrower')?.userId ?? '' };
  const datasetVersionId = world.rows.get('DatasetVersion') ?? '';
  const training = { projectId, name: randomUUID(), preset: 'fast', steps: 1, seed: 1, settings: {}, ...by };
  const line = { cellLineId: world.rows.get('CellLine') ?? '', versionId: datasetVersionId };
  const { id: trainingRunId, classes } = await database.trainingRun.create({
    data: { ...training, classes: { create: { position: 1, name: 'A172', colour: '#e69f00' } } },
    include: { classes: true },
  });
  await database.trainingSource.create({
    data: { ...line, runId: trainingRunId, classId: classes[0]?.id ?? '' },
  });
  const model = await database.model.create({ data: { projectId, name: randomUUID(), ...by } });
  const file = { calibration: {}, card: {}, objectKey: 'o', sizeBytes: 1, checksum: 'c' };
  const { id: modelVersionId } = await database.modelVersion.create({
    data: { modelId: model.id, trainingRunId, number: 1, classes: ['A172'], colours: ['#e69f00'], ...file },
  });
  const set = { projectId, modelVersionId, settings: { threshold: 0.5 }, settingsHash: 'h' };
  const segmentation = await database.segmentation.create({
    data: { ...set, imageId: world.rows.get('Image') ?? '', status: 'SUCCEEDED' },
  });
  await database.classCount.createMany({
    data: [0, 5].map((cells, position) => ({
      segmentationId: segmentation.id,
      position,
      cells,
      area: cells,
    })),
  });
  const items = { create: { segmentationId: segmentation.id } };
  const run = await database.segmentationRun.create({
    data: { ...set, ...by, datasetVersionId, status: 'SUCCEEDED', total: 1, done: 1, items },
  });
  return encodeGlobalID('SegmentationRun', run.id);
}

describe('a lent dataset', () => {
  it('shows of the lab’s lines name, accession and colour alone, and no samples', async () => {
    const { database, world } = served;
    const line = world.rows.get('CellLine') ?? '';
    const secret = { kind: 'PRIMARY', growth: 'ADHERENT', donor: 'P-17', species: 'Mouse' } as const;
    await database.cellLine.update({ where: { id: line }, data: { ...secret, accession: 'CVCL_0131' } });
    const fields = '... on CellLine { name accession kind growth donor species parent { id } }';
    expect(await node(borrower, encodeGlobalID('CellLine', line), fields)).toEqual({
      name: 'A172',
      accession: 'CVCL_0131',
      kind: 'OTHER',
      growth: 'UNKNOWN',
      donor: null,
      species: null,
      parent: null,
    });
    const seen = await node(
      borrower,
      dataset,
      '... on Dataset { name project { id } samplesCsv images(first: 1) { edges { node { name sample { id } cellLines { name } } } } }',
    );
    expect(seen).toEqual({
      name: 'Plate 3',
      project: null,
      samplesCsv: null,
      images: { edges: [{ node: { name: 'C7.tif', sample: null, cellLines: [{ name: 'A172' }] } }] },
    });
  });

  it('tells in compositions that its samples differ, and nothing else of them', async () => {
    const { world } = served;
    const secret = {
      name: 'Patient 17',
      plate: 'P1',
      well: 'C7',
      treatment: 'DMSO',
      dose: 2,
      doseUnit: 'µM',
    };
    const data = { ...secret, replicate: 'R1', timePoint: 24 };
    await served.database.sample.update({ where: { id: world.rows.get('Sample') ?? '' }, data });
    const fields = `... on SegmentationRun { csv: compositionCsv(by: SAMPLE) composition(by: SAMPLE) {
      sampleName sample { id } plate well replicate treatment dose doseUnit timePoint images
      composition { cells classes { name cells seededFraction } } } }`;
    const counts = { images: 1, composition: { cells: 5, classes: [{ name: 'A172', cells: 5 }] } };
    const [ours, theirs] = await Promise.all([countRun(world.projectId), countRun(borrowing)]);
    expect(await node(manager, ours, fields)).toMatchObject({
      composition: [{ sampleName: 'Patient 17', plate: 'P1', well: 'C7', treatment: 'DMSO', ...counts }],
    });
    expect((await node(manager, ours, fields)).composition[0].composition.classes[0].seededFraction).toBe(1);
    const lent = await node(borrower, theirs, fields);
    expect(lent).toMatchObject({ composition: [{ sampleName: 'lent sample 1', ...counts }] });
    const { sampleName: _, images: __, composition, ...told } = lent.composition[0];
    expect(Object.values(told)).toEqual(Array(8).fill(null));
    expect(composition.classes[0].seededFraction).toBeNull();
    for (const word of ['Patient', 'P1', 'C7,', 'DMSO', 'µM', 'R1', '24'])
      expect(lent.csv).not.toContain(word);
  });

  it('is taken back by its owner: reads, work and everything with pixels stop; class maps stay', async () => {
    const { database } = served;
    await expect(change(borrower, 'revokeShare', { share }, 'share { id }')).rejects.toMatchObject({
      subject: 'ACTION_FORBIDDEN',
    });
    const { segmentation, training, comparison } = await putToWork();
    const input = { share };
    expect(await change(manager, 'revokeShare', input, 'share { status }')).toMatchObject({
      share: { status: 'REVOKED' },
    });
    await expect(node(borrower, dataset, '... on Dataset { name }')).rejects.toMatchObject({
      subject: 'DATASET_NOT_FOUND',
    });
    const jobs = await database.job.findMany({
      where: { subjectId: { in: [segmentation.id, training.id, comparison.id] } },
    });
    expect(jobs.map((job) => [job.status, job.errorCode])).toEqual(
      Array(3).fill(['FAILED', 'INPUT_WITHDRAWN']),
    );
    const left = await node(
      borrower,
      encodeGlobalID('Segmentation', segmentation.id),
      '... on Segmentation { status overlayUrl classMapUrl image { id } }',
    );
    expect(left).toMatchObject({ status: 'FAILED', overlayUrl: null, image: null });
    expect(left.classMapUrl).toContain(segmentation.classMapKey ?? '');
    expect(await database.trainingSamplePicture.count({ where: { runId: training.id } })).toBe(0);
    const discarded = (await database.discardedObject.findMany()).map((row) => row.key);
    expect(discarded.toSorted()).toEqual(
      [segmentation.overlayKey, 'attempts/s/1/a.png', 'attempts/s/1/b.png'].toSorted(),
    );
    const events = await database.auditEvent.findMany({ where: { action: 'revokeShare' } });
    expect(new Set(events.map((event) => event.organizationId)).size).toBe(2);
  });

  it('is offered by share code, told, accepted and handed back', async () => {
    const { database } = served;
    const offer = { dataset, to: shareCodeOf(borrowing), idempotencyKey: 'offer-1' };
    const [first, second] = await Promise.all([
      change(manager, 'shareDataset', offer, 'share { id status names { dataset lender borrower project } }'),
      change(manager, 'shareDataset', offer, 'share { id }'),
    ]);
    expect(second.share.id).toBe(first.share.id);
    const names = { dataset: 'Plate 3', lender: 'Lab A', borrower: 'Lab B', project: 'Borrowing' };
    expect(first.share).toMatchObject({ id: share, status: 'OFFERED', names });
    await expect(
      change(manager, 'shareDataset', { dataset, to: shareCodeOf(borrowing) }, 'share { id }'),
    ).rejects.toMatchObject({ subject: 'SHARE_EXISTS' });
    expect(await database.notification.count({ where: { kind: 'dataset.offered' } })).toBe(1);
    expect(await node(borrower, share, '... on DatasetShare { dataset { id } }')).toEqual({ dataset: null });
    const editor = await served.clientOf('editor');
    await expect(change(editor, 'acceptShare', { share }, 'share { id }')).rejects.toMatchObject({
      subject: 'ACTION_FORBIDDEN',
    });
    const accepted = await change(borrower, 'acceptShare', { share }, 'share { status dataset { name } }');
    expect(accepted).toMatchObject({ share: { status: 'ACCEPTED', dataset: { name: 'Plate 3' } } });
    const { training } = await putToWork();
    await change(borrower, 'declineShare', { share }, 'share { status }');
    expect(await database.trainingRun.findUniqueOrThrow({ where: { id: training.id } })).toMatchObject({
      status: 'FAILED',
      errorCode: 'INPUT_WITHDRAWN',
    });
    await expect(change(borrower, 'acceptShare', { share }, 'share { id }')).rejects.toMatchObject({
      subject: 'SHARE_ENDED',
    });
  });
});

describe('a reviewer’s link', () => {
  const look = async (headers: Record<string, string>) => {
    const response = await fetch(`${served.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({
        query: 'query($id: ID!) { viewer { kind } node(id: $id) { ... on Dataset { name viewerCanEdit } } }',
        variables: { id: dataset },
      }),
    });
    return ((await response.json()) as { data: unknown }).data;
  };

  it('shows one dataset, by header or cookie, until it is revoked; its token is told once', async () => {
    const input = { dataset, days: 7, note: 'Journal', idempotencyKey: 'review-1' };
    const fields = 'token url reviewerLink { id active note }';
    const { token, url, reviewerLink } = await change(manager, 'createReviewerLink', input, fields);
    expect(await change(manager, 'createReviewerLink', input, fields)).toMatchObject({
      token: null,
      url: null,
      reviewerLink: { id: reviewerLink.id, active: true },
    });
    const rows = await served.database.reviewerLink.findMany();
    expect(
      JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(token);
    const shown = { viewer: { kind: 'reviewer' }, node: { name: 'Plate 3', viewerCanEdit: false } };
    expect(await look({ authorization: `Reviewer ${token}` })).toEqual(shown);
    const address = new URL(url);
    const answer = await fetch(`${served.url}${address.pathname}${address.search}`, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    const held = { cookie: cookie.split(';')[0] ?? '' };
    expect(await look(held)).toEqual(shown);
    await change(manager, 'revokeReviewerLink', { reviewerLink: reviewerLink.id }, 'reviewerLink { active }');
    for (const headers of [{ authorization: `Reviewer ${token}` }, held]) {
      expect(await look(headers)).toEqual({ viewer: { kind: 'anonymous' }, node: null });
    }
    expect((await fetch(`${served.url}${address.pathname}${address.search}`)).status).toBe(404);
  });
});
