import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mutate } from '@cellmixer/api-client';
import { readClassMap, readFloatImage, readLabelMap } from '@cellmixer/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { filesOf } from './files-of.ts';
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

const score = z.object({ name: z.string(), value: z.number().nullable(), low: z.number().nullable() });
const judgement = z.object({
  images: z.number(),
  samples: z.number(),
  scores: z.array(score),
  classes: z.array(z.object({ name: z.string(), iou: z.number().nullable() })),
  pixelConfusion: z.object({
    rows: z.array(z.object({ name: z.string(), counts: z.array(z.number()), shares: z.array(z.number()) })),
  }),
  cellConfusion: z.object({ columns: z.array(z.string()) }).nullable(),
});
const judgementFields = `images samples scores { name value low } classes { name iou }
  pixelConfusion { rows { name counts shares } } cellConfusion { columns }`;

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

  it('keeps a map of uncertainty beside each class map, of the same size', async () => {
    const { lab } = world;
    const addresses = z.object({ classMapUrl: z.string(), uncertaintyUrl: z.string() });
    const all = await lab.list(
      'SegmentationRun',
      run,
      'segmentations',
      'classMapUrl uncertaintyUrl',
      addresses,
    );
    expect(all).toHaveLength(3);
    for (const { classMapUrl, uncertaintyUrl } of all) {
      const read = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
      const [classes, unsure] = [
        await readFloatImage(await read(classMapUrl)),
        await readFloatImage(await read(uncertaintyUrl)),
      ];
      expect([unsure.width, unsure.height, unsure.channels]).toEqual([classes.width, classes.height, 1]);
      expect(new Set(unsure.data).size).toBeGreaterThan(20);
    }
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

  it('scores a model and its baseline against annotations', { timeout: 5 * MINUTES }, async () => {
    const { lab, project, version, modelVersions, imageIds } = world;
    const evaluation = await lab.make(
      'evaluateModel',
      { project, modelVersion: modelVersions[0], version },
      'evaluation',
    );
    const { results, images, reportUrl } = await lab.ended(
      'Evaluation',
      evaluation,
      `status errorMessage reportUrl images { sampleName image { name } model { name value low } baseline { name value low } }
        results { model { ${judgementFields} } baseline { ${judgementFields} } gain { name value low } }`,
      succeeded.extend({
        reportUrl: z.url(),
        images: z.array(
          z.object({ sampleName: z.string(), model: z.array(score), baseline: z.array(score) }),
        ),
        results: z.object({ model: judgement, baseline: judgement, gain: z.array(score) }),
      }),
    );
    expect(images.map((image) => image.sampleName)).toEqual(['Mix B2', 'Mix B2', 'Mix B3']);
    expect(results.model).toMatchObject({ images: 3, samples: 2 });
    expect(results.model.cellConfusion?.columns[0]).toBe('not found');
    const { rows } = results.model.pixelConfusion;
    expect(rows.flatMap((row) => row.counts).reduce((a, b) => a + b, 0)).toBe(3 * 320 * 256);
    for (const row of rows) expect(row.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    const scoreOf = (scores: z.output<typeof score>[], name: string) =>
      scores.find((one) => one.name === name)?.value ?? Number.NaN;
    const ious = results.model.classes.map((one) => one.iou ?? 0);
    expect(scoreOf(results.model.scores, 'miou')).toBeCloseTo(((ious[0] ?? 0) + (ious[1] ?? 0)) / 2, 9);
    expect(scoreOf(results.gain, 'miou')).toBeCloseTo(
      scoreOf(results.model.scores, 'miou') - scoreOf(results.baseline.scores, 'miou'),
      9,
    );
    const report = z
      .object({ images: z.array(z.object({ imageId: z.string() })) })
      .parse(await (await fetch(reportUrl)).json());
    expect(new Set(report.images.map((image) => image.imageId))).toEqual(new Set(imageIds));
  });

  it('compares two models, with maps of disagreement, and keeps the decision', {
    timeout: 5 * MINUTES,
  }, async () => {
    const { lab, project, version, modelVersions } = world;
    const other = await lab.make(
      'createSegmentationRun',
      { project, modelVersion: modelVersions[1], version },
      'segmentationRun',
    );
    await lab.ended('SegmentationRun', other, 'status', succeeded);
    const comparison = await lab.make(
      'createComparison',
      { project, name: 'CellMixer or baseline', modelVersions, version },
      'comparison',
    );
    const agreement = z.object({ agree: z.number(), foreground: z.number(), type: z.number() });
    const { results, images, revision } = await lab.ended(
      'Comparison',
      comparison,
      `status errorMessage revision
        results { images models { classes { name cells } judgement { ${judgementFields} } }
          agreements { agree foreground type confusion { rows { counts } } } }
        images { cells agreements { agree foreground type mapUrl } models { scores { name value low } } }`,
      succeeded.extend({
        revision: z.number(),
        results: z.object({
          images: z.literal(3),
          models: z.array(z.object({ judgement })).length(2),
          agreements: z.array(
            agreement.extend({
              confusion: z.object({ rows: z.array(z.object({ counts: z.array(z.number()) })) }),
            }),
          ),
        }),
        images: z
          .array(
            z.object({
              cells: z.array(z.number()).length(2),
              agreements: z.array(agreement.extend({ mapUrl: z.url() })).length(1),
              models: z.array(z.unknown()).length(2),
            }),
          )
          .length(3),
      }),
    );
    const [pair] = results.agreements;
    expect((pair?.agree ?? 0) + (pair?.foreground ?? 0) + (pair?.type ?? 0)).toBeCloseTo(1, 9);
    const table = pair?.confusion.rows.map((row) => row.counts) ?? [];
    const same = table.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
    expect(same / (3 * 320 * 256)).toBeCloseTo(pair?.agree ?? 0, 9);
    const first = images[0]?.agreements[0];
    const bytes = new Uint8Array(await (await fetch(first?.mapUrl ?? '')).arrayBuffer());
    const map = await readLabelMap(bytes);
    const differing = map.data.filter((value) => value > 0).length / map.data.length;
    expect(differing).toBeCloseTo(1 - (first?.agree ?? 0), 9);

    const accept = (expectedRevision: number) =>
      mutate(
        lab.client,
        'acceptComparison',
        { comparison, modelVersion: modelVersions[0], why: 'It finds more.', expectedRevision },
        'comparison { acceptedWhy acceptedBy acceptedVersion { id } }',
        z.object({ comparison: z.unknown() }),
      );
    expect((await accept(revision)).comparison).toEqual({
      acceptedWhy: 'It finds more.',
      acceptedBy: 'A. Tester',
      acceptedVersion: { id: modelVersions[0] },
    });
    await expect(accept(revision)).rejects.toMatchObject({ subject: 'COMPARISON_OUTDATED' });
  });

  it('gives the results away as one archive', { timeout: 5 * MINUTES }, async () => {
    const { lab, folder, database } = world;
    const [first] = await database.segmentation.findMany({
      where: { image: { name: { contains: 'B2_1' } }, runs: { some: { runId: rowId(run) } } },
    });
    await mutate(
      lab.client,
      'correctCells',
      {
        segmentation: Buffer.from(`Segmentation:${first?.id}`).toString('base64'),
        expectedRevision: first?.correctionRevision,
        changes: [{ labels: [1], verdict: 'DELETED' }],
      },
      'segmentation { id }',
      z.unknown(),
    );
    const made = await lab.make('exportSegmentations', { segmentationRun: run }, 'export');
    const { url, images, sizeBytes } = await lab.ended(
      'Export',
      made,
      'status errorMessage url images sizeBytes',
      succeeded.extend({ url: z.url(), images: z.number(), sizeBytes: z.number() }),
    );
    const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect([images, bytes.length]).toEqual([3, sizeBytes]);
    const path = join(folder, 'export.zip');
    writeFileSync(path, bytes);
    const names = (kind: string, ending: string) =>
      ['B2_1', 'B2_2', 'B3_3'].map((name) => `${kind}/plate1_${name}.${ending}`);
    const listed = filesOf(path);
    expect([...listed.keys()].sort()).toEqual(
      [
        ...names('classes', 'png'),
        ...names('instances', 'png'),
        ...names('overlays', 'png'),
        ...names('cells', 'csv'),
        'corrected/plate1_B2_1.png',
        ...['summary.csv', 'samples.csv', 'README.txt'],
      ].sort(),
    );
    const classMap = await readClassMap(listed.get('classes/plate1_B2_1.png') ?? new Uint8Array());
    const instances = await readLabelMap(listed.get('instances/plate1_B2_1.png') ?? new Uint8Array());
    expect([classMap.width, classMap.height]).toEqual([320, 256]);
    expect(instances.data.some((label, i) => label > 0 && classMap.data[i] === 0)).toBe(false);
    const corrected = await readClassMap(listed.get('corrected/plate1_B2_1.png') ?? new Uint8Array());
    const deleted = instances.data.filter((label) => label === 1);
    expect(deleted.length).toBeGreaterThan(0);
    const expected = classMap.data.map((type, i) => (instances.data[i] === 1 ? 0 : type));
    expect(Buffer.compare(corrected.data, expected)).toBe(0);
    const summary = Buffer.from(listed.get('summary.csv') ?? []).toString();
    expect(summary.trimEnd().split('\r\n')).toHaveLength(1 + 3 * 2);
    expect(Buffer.from(listed.get('README.txt') ?? []).toString()).toContain('Rao and Scott');
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
