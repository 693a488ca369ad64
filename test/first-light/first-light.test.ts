import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mutate } from '@cellmixer/api-client';
import { demoLines } from '@cellmixer/demo-cultures';
import { readEnvironment } from '@cellmixer/environment';
import { type LocalServer, startLocalServer } from '@cellmixer/local-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { drawPictures } from './draw-pictures.ts';
import { Lab } from './lab.ts';

const MINUTES = 60_000;

describe('the main job over GraphQL, on PostgreSQL, a bucket, a worker and the model server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'first-light-'));
  const variables = { ...process.env, DATA_DIR: join(folder, 'server') };
  let server: LocalServer;
  let lab: Lab;

  beforeAll(async () => {
    server = await startLocalServer({
      environment: readEnvironment(variables),
      variables,
      root: resolve(import.meta.dirname, '../..'),
      say: () => {},
    });
    lab = await Lab.found(server.firstAccountUrl ?? '');
  }, 5 * MINUTES);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, MINUTES);

  it('goes from pictures of pure cultures to a comparison with the baseline', {
    timeout: 12 * MINUTES,
  }, async () => {
    const paths = await drawPictures(join(folder, 'pictures'));
    const project = await lab.make(
      'createProject',
      { organization: lab.organization, name: 'Demo' },
      'project',
    );
    const lines = new Map<string, string>();
    for (const name of demoLines) {
      lines.set(
        name,
        await lab.make('registerCellLine', { organization: lab.organization, name }, 'cellLine'),
      );
    }
    const dataset = await lab.make(
      'createDataset',
      { project, name: 'Cultures', modality: 'PHASE_CONTRAST' },
      'dataset',
    );
    const images: string[] = [];
    for (const [culture, files] of paths) {
      const ids = await lab.upload(dataset, files);
      const own = lines.get(culture);
      const cellLines = own === undefined ? [...lines.values()] : [own];
      const labels = [{ images: ids, sample: culture, cellLines }];
      await mutate(lab.client, 'labelImages', { dataset, labels }, 'images { id }', z.unknown());
      images.push(...ids);
    }
    const imageShape = z.object({
      status: z.string(),
      width: z.number(),
      depth: z.number(),
      checksum: z.string(),
      pyramidUrl: z.url(),
    });
    for (const id of images) {
      const fields = 'status width depth checksum pyramidUrl';
      const image = await lab.ended('Image', id, fields, imageShape);
      expect(image).toMatchObject({ status: 'READY', width: 320, depth: 8 });
      expect((await fetch(image.pyramidUrl)).status).toBe(200);
    }
    const version = await lab.make('snapshotDataset', { dataset }, 'version');

    const classes = demoLines.map((name) => ({ name, cellLines: [lines.get(name)] }));
    const runs = await mutate(
      lab.client,
      'createTrainingRun',
      { project, name: 'Demo', versions: [version], classes, preset: 'fast', steps: 4 },
      'trainingRun { id } baseline { id }',
      z.object({ trainingRun: z.object({ id: z.string() }), baseline: z.object({ id: z.string() }) }),
    );
    const runShape = z.object({
      status: z.literal('SUCCEEDED'),
      metrics: z.array(z.object({ step: z.number(), loss: z.number() })).length(4),
      modelVersion: z.object({ id: z.string(), classes: z.array(z.string()) }),
    });
    const modelVersions: string[] = [];
    for (const { id } of [runs.trainingRun, runs.baseline]) {
      const fields = 'status metrics { step loss } modelVersion { id classes }';
      const { modelVersion } = await lab.ended('TrainingRun', id, fields, runShape);
      expect(modelVersion.classes).toEqual(demoLines);
      modelVersions.push(modelVersion.id);
    }

    const segmentationShape = z.object({
      status: z.literal('SUCCEEDED'),
      total: z.literal(2),
      segmentations: z.object({
        edges: z.array(
          z.object({ node: z.object({ cellCount: z.number(), classMapUrl: z.url(), cellsUrl: z.url() }) }),
        ),
      }),
    });
    for (const modelVersion of modelVersions) {
      const input = { project, modelVersion, version };
      const run = await lab.make('createSegmentationRun', input, 'segmentationRun');
      const fields =
        'status total segmentations(first: 10) { edges { node { cellCount classMapUrl cellsUrl } } }';
      const { segmentations } = await lab.ended('SegmentationRun', run, fields, segmentationShape);
      expect(segmentations.edges).toHaveLength(2);
      const table = await (await fetch(segmentations.edges[0]?.node.cellsUrl ?? '')).text();
      expect(table.trimEnd().split('\n')).toHaveLength(1 + (segmentations.edges[0]?.node.cellCount ?? 0));
    }

    const comparison = await lab.make(
      'createComparison',
      { project, name: 'CellMixer or baseline', modelVersions, version },
      'comparison',
    );
    const share = z.number().min(0).max(1);
    const resultsShape = z.object({
      images: z
        .array(
          z.object({
            disagreement: z.array(z.object({ agree: share, foreground: share, type: share })).length(1),
          }),
        )
        .length(2),
    });
    await expect
      .poll(() => lab.look('Comparison', comparison, 'results', z.object({ results: z.unknown() })), {
        timeout: MINUTES,
      })
      .toMatchObject({ results: expect.anything() });
    const { results } = await lab.look(
      'Comparison',
      comparison,
      'results',
      z.object({ results: resultsShape }),
    );
    expect(results.images[0]?.disagreement[0]?.agree).toBeGreaterThan(0);
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
