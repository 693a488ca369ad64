import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lab, mutate, runMainJob } from '@cellmixer/api-client';
import { demoLines } from '@cellmixer/demo-cultures';
import { readEnvironment } from '@cellmixer/environment';
import { type LocalServer, startLocalServer } from '@cellmixer/local-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { drawPictures } from './draw-pictures.ts';

const MINUTES = 60_000;
const account = { name: 'A. Tester', email: 'tester@lab.example', password: 'correct horse 9' };

describe('the main job over GraphQL, on PostgreSQL, a bucket, a worker and the model server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'first-light-'));
  const variables = { ...process.env, DATA_DIR: join(folder, 'server') };
  let server: LocalServer;
  let lab: Lab;
  /** What the main job has made. */
  let trained = '';
  let madeIn = '';
  /** A version that has learned for more than four steps. */
  let short = '';

  beforeAll(async () => {
    server = await startLocalServer({
      environment: readEnvironment(variables),
      variables,
      root: resolve(import.meta.dirname, '../..'),
      say: () => {},
    });
    lab = await Lab.found(server.firstAccountUrl ?? '', account, 'Lab A');
  }, 5 * MINUTES);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, MINUTES);

  it('goes from pictures of pure cultures to a comparison with the baseline', {
    timeout: 12 * MINUTES,
  }, async () => {
    const { cultures, mixtures } = await drawPictures(join(folder, 'pictures'), demoLines, 2);
    const training = { name: 'Demo', preset: 'fast', steps: 4, seed: 1 } as const;
    const job = { project: 'Demo', modality: 'PHASE_CONTRAST', cultures, mixtures, training } as const;
    const { project, images, cellmixer, baseline, evaluation, comparison } = await runMainJob(lab, job);

    trained = cellmixer.id;
    madeIn = project;
    expect(images.size).toBe(14);
    const imageShape = z.object({
      status: z.literal('READY'),
      width: z.literal(320),
      depth: z.literal(8),
      pyramidUrl: z.url(),
    });
    const seen = await lab.lookAt('Image', [...images.values()], 'status width depth pyramidUrl', imageShape);
    for (const { pyramidUrl } of seen) expect((await fetch(pyramidUrl)).status).toBe(200);
    for (const { metrics, modelVersion, results } of [cellmixer, baseline]) {
      expect(metrics.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
      expect(modelVersion.classes).toEqual(demoLines);
      expect(results.segmentations).toHaveLength(2);
      for (const { cellsUrl, cellCount, classMapUrl } of results.segmentations) {
        const table = await (await fetch(cellsUrl)).text();
        expect(table.trimEnd().split('\n')).toHaveLength(1 + cellCount);
        expect((await fetch(classMapUrl)).headers.get('content-type')).toBe('image/tiff');
      }
    }
    expect(evaluation?.results.model).toMatchObject({ images: 2, samples: 2 });
    expect(evaluation?.results.baseline?.scores.find(({ name }) => name === 'miou')).toMatchObject({
      value: expect.any(Number),
    });
    expect(comparison.results.images).toBe(2);
    expect(comparison.results.agreements[0]?.agree).toBeGreaterThan(0);
  });

  it('resumes a cancelled training to the same model, and tells what became of it', {
    timeout: 8 * MINUTES,
  }, async () => {
    const clone = async (trainingRun: string, changes: object) => {
      const input = { trainingRun, withBaseline: false, ...changes };
      return lab.make('cloneTrainingRun', input, 'trainingRun');
    };
    const change = (mutation: 'cancelTrainingRun' | 'resumeTrainingRun', trainingRun: string) =>
      mutate(lab.client, mutation, { trainingRun }, 'trainingRun { id }', z.unknown());
    const recipe = { batch: 4, cropSize: 64, checkpointEvery: 5, validateEvery: 60 };
    const whole = await clone(trained, { name: 'Short', preset: 'fast', steps: 120, recipe });
    const stopped = await clone(whole, { withBaseline: true });
    const status = z.object({ status: z.string() });
    expect(await lab.ended('TrainingRun', whole, 'status', status)).toEqual({ status: 'SUCCEEDED' });

    const reached = z.object({ checkpointStep: z.number().nullable() });
    while ((await lab.look('TrainingRun', stopped, 'checkpointStep', reached)).checkpointStep === null)
      await lab.pause(100);
    await change('cancelTrainingRun', stopped);
    // Its baseline, which waits behind it, ends and goes on with it.
    const withIt = z.object({ baseline: z.object({ id: z.string(), status: z.string() }) });
    const { baseline } = await lab.look('TrainingRun', stopped, 'baseline { id status }', withIt);
    for (const run of [stopped, baseline.id])
      expect(await lab.ended('TrainingRun', run, 'status', status)).toEqual({ status: 'CANCELLED' });
    await change('resumeTrainingRun', stopped);

    const fields = `status step modelVersion { id checksum number card { cultures { heldOutReplicate } judgement { heldOut } }
        verdict { level checks { name outcome } } }
      attempts { fromStep resumedElsewhere trainSeconds fingerprint { provider } } methodsText
      log { level text } pictures { kind step position pictureUrl labelsUrl predictionUrl }`;
    const shape = z.object({
      status: z.literal('SUCCEEDED'),
      step: z.literal(120),
      modelVersion: z.object({ id: z.string(), checksum: z.string(), number: z.number() }).loose(),
      attempts: z.array(z.object({ fromStep: z.number(), resumedElsewhere: z.literal(false) })),
      methodsText: z.string(),
      log: z.array(z.object({ level: z.string(), text: z.string() })),
      pictures: z.array(
        z.object({
          kind: z.enum(['SAMPLE', 'PREDICTION']),
          step: z.number(),
          labelsUrl: z.url(),
          predictionUrl: z.url().nullable(),
        }),
      ),
    });
    const first = await lab.look('TrainingRun', whole, fields, shape);
    const second = await lab.ended('TrainingRun', stopped, fields, shape);
    const beside = await lab.look('TrainingRun', stopped, 'baseline { id status }', withIt);
    expect(['QUEUED', 'RUNNING', 'SUCCEEDED']).toContain(beside.baseline.status);
    await change('cancelTrainingRun', baseline.id);
    expect(second.attempts).toHaveLength(2);
    expect(second.attempts[1]?.fromStep).toBeGreaterThan(0);
    expect(second.modelVersion.checksum).toBe(first.modelVersion.checksum);
    expect(second.log.some(({ text }) => text.startsWith('Going on from step'))).toBe(true);

    short = first.modelVersion.id;
    expect(first.methodsText).toContain('seed 1');
    expect(first.modelVersion).toMatchObject({
      card: { judgement: { heldOut: true } },
      verdict: { checks: [{}, { outcome: 'NOT_RUN' }, { outcome: 'NOT_RUN' }, { outcome: 'NOT_RUN' }, {}] },
    });
    const steps = (kind: string) => new Set(first.pictures.filter((p) => p.kind === kind).map((p) => p.step));
    expect(steps('SAMPLE')).toEqual(new Set([0, 60]));
    expect(steps('PREDICTION')).toEqual(new Set([60, 120]));
    for (const { kind, predictionUrl } of first.pictures)
      expect(predictionUrl !== null).toBe(kind === 'PREDICTION');
    const png = await fetch(first.pictures.at(-1)?.predictionUrl ?? '');
    expect(png.headers.get('content-type')).toBe('image/png');

    const stage = (modelVersion: string) =>
      mutate(
        lab.client,
        'setModelStage',
        { modelVersion, stage: 'ACCEPTED', reason: 'The better of two.' },
        'modelVersion { id stage } replaced { id stage }',
        z.unknown(),
      );
    expect(await stage(first.modelVersion.id)).toMatchObject({ replaced: null });
    expect(await stage(second.modelVersion.id)).toMatchObject({
      modelVersion: { id: second.modelVersion.id, stage: 'ACCEPTED' },
      replaced: { id: first.modelVersion.id, stage: 'CANDIDATE' },
    });
    const exported = await mutate(
      lab.client,
      'exportModel',
      { modelVersion: second.modelVersion.id },
      'modelUrl checksum cardJson cardMarkdown',
      z.object({ modelUrl: z.url(), checksum: z.string(), cardJson: z.string(), cardMarkdown: z.string() }),
    );
    const onnx = new Uint8Array(await (await fetch(exported.modelUrl)).arrayBuffer());
    expect(createHash('sha256').update(onnx).digest('hex')).toBe(exported.checksum);
    expect(JSON.parse(exported.cardJson)).toMatchObject({ name: 'Short', number: 2 });
    expect(exported.cardMarkdown).toContain('| Self-mix |');

    const classes = z.array(
      z.object({
        name: z.string(),
        cellLines: z.array(z.object({ id: z.string() })),
        versions: z.array(z.object({ id: z.string() })),
      }),
    );
    const sources = await lab.look(
      'TrainingRun',
      trained,
      'classes { name cellLines { id } versions { id } }',
      z.object({ classes }),
    );
    const { models } = await lab.client.request(
      '{ models(first: 2, stage: [ACCEPTED]) { edges { node { name } } } }',
      {},
      z.object({ models: z.unknown() }),
    );
    expect(models).toEqual({ edges: [{ node: { name: 'Short' } }] });
    const { estimateTrainingRun } = await lab.client.request(
      `query($input: EstimateTrainingRunInput!) { estimateTrainingRun(input: $input) {
        classes { name pictures replicates cells } warnings { code blocking } secondsLow secondsHigh measuredOn workers
        settings { steps batch } } }`,
      {
        input: {
          project: madeIn,
          versions: [...new Set(sources.classes.flatMap((one) => one.versions.map(({ id }) => id)))],
          classes: sources.classes.map(({ name, cellLines }) => ({
            name,
            cellLines: cellLines.map(({ id }) => id),
          })),
          preset: 'fast',
        },
      },
      z.any(),
    );
    expect(estimateTrainingRun).toMatchObject({ workers: 1, settings: { steps: 600, batch: 8 } });
    expect(estimateTrainingRun.measuredOn).toBeGreaterThan(2);
    expect(estimateTrainingRun.secondsHigh).toBeGreaterThan(estimateTrainingRun.secondsLow);
    expect(estimateTrainingRun.classes[0]).toMatchObject({ name: demoLines[0], pictures: 4, replicates: 2 });
    expect(estimateTrainingRun.warnings.filter((one: { blocking: boolean }) => one.blocking)).toEqual([]);
  });

  it('looks whether two halves of one line are told apart, and says so in the verdict', {
    timeout: 6 * MINUTES,
  }, async () => {
    const split = await lab.make('startNullSplit', { modelVersion: short }, 'trainingRun');
    const again = lab.make('startNullSplit', { modelVersion: short }, 'trainingRun');
    await expect(again).rejects.toMatchObject({ subject: 'NULL_SPLIT_UNDER_WAY' });
    const ended = await lab.ended(
      'TrainingRun',
      split,
      'status steps nullSplitAccuracy nullSplitOf { id } classes { name } modelVersion { id } log { text }',
      z.any(),
    );
    expect(ended).toMatchObject({
      ...{ status: 'SUCCEEDED', steps: 120, nullSplitOf: { id: short }, modelVersion: null },
      classes: [{ name: `${demoLines[0]}, half 1` }, { name: `${demoLines[0]}, half 2` }],
    });
    const { verdict } = await lab.look(
      'ModelVersion',
      short,
      'verdict { checks { name outcome value sentence } }',
      z.any(),
    );
    expect(verdict.checks[1]).toMatchObject({
      name: 'NULL_SPLIT',
      sentence: expect.stringContaining(`replicates of ${demoLines[0]}`),
    });
    // So few steps may teach too little for a null split to say anything.
    expect([ended.nullSplitAccuracy, null]).toContain(verdict.checks[1].value);
    // The two wells were drawn alike.
    expect(Math.abs(ended.nullSplitAccuracy - 0.5)).toBeLessThan(0.2);
  });

  it('answers a mistake with an error that names the cure, and shows strangers nothing', async () => {
    const bad = mutate(
      lab.client,
      'createProject',
      { organization: lab.organization, name: ' ' },
      'project { id }',
      z.unknown(),
    );
    await expect(bad).rejects.toMatchObject({ code: 'API_REFUSED', subject: 'INPUT_INVALID' });
    const query = 'query($id: ID!) { node(id: $id) { id } }';
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { id: lab.organization } }),
    });
    expect(await response.json()).toMatchObject({
      data: { node: null },
      errors: [{ extensions: { code: 'ORGANIZATION_NOT_FOUND' } }],
    });
  });

  it('makes a thing once, however often the request is sent', async () => {
    const input = { organization: lab.organization, name: 'Once', idempotencyKey: 'first-light-1' };
    const [first, second] = await Promise.all([
      lab.make('createProject', input, 'project'),
      lab.make('createProject', input, 'project'),
    ]);
    expect(second).toBe(first);
    const other = lab.make('createProject', { ...input, name: 'Twice' }, 'project');
    await expect(other).rejects.toMatchObject({ subject: 'IDEMPOTENCY_KEY_REUSED' });
  });
});
