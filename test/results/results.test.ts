import { mutate } from '@cellmixer/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openResultsLab, type ResultsLab, rowId } from './results-lab.ts';

const MINUTES = 60_000;
const succeeded = z.looseObject({ status: z.literal('SUCCEEDED') });

const share = z.object({
  name: z.string(),
  cells: z.number(),
  area: z.number(),
  fraction: z.number(),
  low: z.number(),
  high: z.number(),
  seededFraction: z.number().nullable(),
});
const composition = z.object({ cells: z.number(), classes: z.array(share) });
const shareFields = 'cells classes { name cells area fraction low high seededFraction }';

describe('results of a segmentation, on PostgreSQL, a bucket, a worker and the model server', () => {
  let world: ResultsLab;
  let run: string;

  beforeAll(async () => {
    world = await openResultsLab();
  }, 5 * MINUTES);
  afterAll(async () => {
    await world?.[Symbol.asyncDispose]();
  }, MINUTES);

  it('estimates a run before it is made, and says what is outside training', async () => {
    const { lab, project, version, modelVersions } = world;
    const { estimateSegmentationRun } = await lab.client.request(
      `query($project: ID!, $modelVersion: ID!, $version: ID!) {
        estimateSegmentationRun(project: $project, modelVersion: $modelVersion, version: $version) {
          images known megapixels secondsLow workerPresent inferencePresent warnings { code } } }`,
      { project, version, modelVersion: modelVersions[0] ?? '' },
      z.object({ estimateSegmentationRun: z.unknown() }),
    );
    expect(estimateSegmentationRun).toEqual({
      images: 3,
      known: 0,
      megapixels: expect.closeTo(0.24576, 6),
      secondsLow: null,
      workerPresent: true,
      inferencePresent: true,
      warnings: [],
    });
  });

  it('adds compositions up by sample, with intervals and beside what was seeded', {
    timeout: 5 * MINUTES,
  }, async () => {
    const { lab, project, version, modelVersions } = world;
    const input = { project, modelVersion: modelVersions[0], version };
    run = await lab.make('createSegmentationRun', input, 'segmentationRun');
    const group = z.object({
      sampleName: z.string().nullable(),
      well: z.string().nullable(),
      images: z.number(),
      samples: z.number(),
      composition,
    });
    const place = 'sampleName well images samples';
    const { bySample, all, csv } = await lab.ended(
      'SegmentationRun',
      run,
      `status bySample: composition(by: SAMPLE) { ${place} composition { ${shareFields} } }
        all: composition(by: RUN) { ${place} composition { ${shareFields} } } csv: compositionCsv(by: WELL)`,
      succeeded.extend({ bySample: z.array(group), all: z.array(group), csv: z.string() }),
    );
    expect(bySample.map(({ sampleName, well, images }) => [sampleName, well, images])).toEqual([
      ['Mix B2', 'B2', 2],
      ['Mix B3', 'B3', 1],
    ]);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ images: 3, samples: 2, sampleName: null, well: null });
    const total = all[0]?.composition;
    expect(total?.cells).toBe(bySample.reduce((sum, one) => sum + one.composition.cells, 0));
    for (const [k, one] of (total?.classes ?? []).entries()) {
      expect(one.cells).toBeGreaterThan(10);
      expect(one.fraction).toBeCloseTo(one.cells / (total?.cells ?? 0), 9);
      expect(one.low).toBeLessThan(one.fraction);
      expect(one.high).toBeGreaterThan(one.fraction);
      expect(one.seededFraction).toBe([0.25, 0.75][k]);
    }
    expect(csv.split('\r\n')[0]).toContain('fraction_low_95');
    expect(csv.trimEnd().split('\r\n')).toHaveLength(1 + 2 * 2);
  });

  it('lists runs by project, model and status', async () => {
    const { lab, project, modelVersions } = world;
    const list = async (filter: string) => {
      const { segmentationRuns } = await lab.client.request(
        `query($project: ID!) { segmentationRuns(project: $project, first: 5 ${filter}) { edges { node { id } } } }`,
        { project },
        z.object({
          segmentationRuns: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }),
        }),
      );
      return segmentationRuns.edges.map((edge) => edge.node.id);
    };
    expect(await list('')).toEqual([run]);
    expect(await list(`modelVersion: "${modelVersions[0]}", status: [SUCCEEDED]`)).toEqual([run]);
    expect(await list(`modelVersion: "${modelVersions[1]}"`)).toEqual([]);
    expect(await list('status: [FAILED, CANCELLED]')).toEqual([]);
  });

  it('lays corrections over a prediction, refuses outdated ones, and goes back', async () => {
    const { lab, database, imageIds } = world;
    const { id } = await database.segmentation.findFirstOrThrow({ where: { imageId: imageIds[1] ?? '' } });
    const segmentation = Buffer.from(`Segmentation:${id}`).toString('base64');
    const cell = z.object({
      label: z.number(),
      predicted: z.number(),
      position: z.number().nullable(),
      corrected: z.boolean(),
      area: z.number(),
    });
    const look = async () =>
      lab.look(
        'Segmentation',
        segmentation,
        `correctionRevision cells(first: 4) { total next cells { label predicted position corrected area } }
         composition { ${shareFields} } correctedComposition { ${shareFields} } corrections { revision author revertedTo }`,
        z.object({
          correctionRevision: z.number(),
          cells: z.object({ total: z.number(), next: z.number(), cells: z.array(cell).length(4) }),
          composition,
          correctedComposition: composition.nullable(),
          corrections: z.array(z.unknown()),
        }),
      );
    const before = await look();
    expect(before).toMatchObject({ correctionRevision: 0, correctedComposition: null, cells: { next: 4 } });
    const [first, second, third] = before.cells.cells;
    const other = first?.predicted === 1 ? 2 : 1;
    const changes = [
      { labels: [first?.label], verdict: 'CLASS', position: other },
      { labels: [second?.label], verdict: 'DELETED' },
      { labels: [third?.label], verdict: 'UNKNOWN' },
    ];
    const correct = (rest: object) =>
      mutate(lab.client, 'correctCells', { segmentation, ...rest }, 'segmentation { id }', z.unknown());
    await correct({ expectedRevision: 0, changes });
    const after = await look();
    expect(after.cells.cells.map((one) => one.position)).toEqual([
      other,
      null,
      0,
      before.cells.cells[3]?.position,
    ]);
    expect(after.composition).toEqual(before.composition);
    expect(after.correctedComposition?.cells).toBe(before.composition.cells - 2);
    expect(after.corrections).toEqual([{ revision: 1, author: 'A. Tester', revertedTo: null }]);
    await expect(correct({ expectedRevision: 0, changes })).rejects.toMatchObject({
      subject: 'CORRECTION_OUTDATED',
      message: expect.stringContaining('A. Tester'),
    });
    await expect(
      correct({ expectedRevision: 1, changes: [{ labels: [99_999], verdict: 'DELETED' }] }),
    ).rejects.toMatchObject({ subject: 'CELL_NOT_FOUND' });
    await correct({ expectedRevision: 1, revertTo: 0 });
    const back = await look();
    expect(back.correctionRevision).toBe(2);
    expect(back.correctedComposition).toEqual(before.composition);
    expect(back.corrections[0]).toEqual({ revision: 2, author: 'A. Tester', revertedTo: 0 });
  });

  it('segments once more what failed, alone', { timeout: 5 * MINUTES }, async () => {
    const { lab, database, imageIds } = world;
    const retry = () =>
      mutate(
        lab.client,
        'retrySegmentations',
        { segmentationRun: run },
        'images',
        z.object({ images: z.number() }),
      );
    await expect(retry()).rejects.toMatchObject({ subject: 'SEGMENTATION_NOT_FAILED' });
    const failed = await database.segmentation.findFirstOrThrow({ where: { imageId: imageIds[0] ?? '' } });
    await database.segmentation.update({
      where: { id: failed.id },
      data: { status: 'FAILED', errorCode: 'IMAGE_UNREADABLE', errorMessage: 'torn', errorCure: 'Mend it.' },
    });
    expect(await retry()).toEqual({ images: 1 });
    const { done, failed: left } = await lab.ended(
      'SegmentationRun',
      run,
      'status done failed',
      succeeded.extend({ done: z.number(), failed: z.number() }),
    );
    expect([done, left]).toEqual([3, 0]);
    const after = await database.segmentation.findUniqueOrThrow({ where: { id: failed.id } });
    expect([after.errorCode, after.errorCure]).toEqual([null, null]);
    expect(after.classMapKey).not.toBe(failed.classMapKey);
  });

  it('stops a run at once, and keeps what is done', { timeout: 5 * MINUTES }, async () => {
    const { lab, database, project, version, modelVersions } = world;
    const made = await lab.make(
      'createSegmentationRun',
      { project, modelVersion: modelVersions[0], version, threshold: 0.6 },
      'segmentationRun',
    );
    await mutate(
      lab.client,
      'cancelSegmentationRun',
      { segmentationRun: made },
      'segmentationRun { id }',
      z.unknown(),
    );
    const { status } = await lab.ended('SegmentationRun', made, 'status', z.object({ status: z.string() }));
    expect(status).toBe('CANCELLED');
    const waiting = await database.job.count({
      where: { kind: 'SEGMENT', status: { in: ['QUEUED', 'RUNNING', 'CANCELLING'] } },
    });
    expect(waiting).toBe(0);
    expect(rowId(made)).not.toBe(rowId(run));
  });
});
