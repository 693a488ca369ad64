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

  it('goes from pictures of pure cultures to a comparison with the baseline, and again with the same pictures', {
    timeout: 12 * MINUTES,
  }, async () => {
    const { cultures, mixtures } = await drawPictures(join(folder, 'pictures'));
    const training = { name: 'Demo', preset: 'fast', steps: 4, seed: 1 } as const;
    const job = { project: 'Demo', modality: 'PHASE_CONTRAST', cultures, mixtures, training } as const;
    const { images, cellmixer, baseline, comparison, project } = await runMainJob(lab, job);

    expect(images.size).toBe(8);
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
    expect(comparison.results.images).toBe(2);
    expect(comparison.results.agreements[0]?.agree).toBeGreaterThan(0);

    const again = await runMainJob(lab, job);
    expect(again.project).toBe(project);
    expect(again.images).toEqual(images);
    expect(again.cellmixer.id).not.toBe(cellmixer.id);
    const shape = z.object({ id: z.string() });
    expect(await lab.list('Project', project, 'datasets', 'id', shape)).toHaveLength(2);
    expect(await lab.list('Project', project, 'trainingRuns', 'id', shape)).toHaveLength(4);
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
