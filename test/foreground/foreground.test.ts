import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lab, mutate, uploadFiles } from '@cellmixer/api-client';
import { makeMask, measureBackground } from '@cellmixer/cellmixer/foreground';
import { demoLines, drawCulture } from '@cellmixer/demo-cultures';
import { readEnvironment } from '@cellmixer/environment';
import { encodePng, readImageSource } from '@cellmixer/imaging';
import { type LocalServer, startLocalServer } from '@cellmixer/local-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const MINUTE = 60_000;
const account = { name: 'A. Tester', email: 'tester@lab.example', password: 'correct horse 9' };
const summaryShape = z.object({
  foregroundSummary: z.object({
    pictures: z.number(),
    waiting: z.number(),
    found: z.number(),
    tuned: z.number(),
    accepted: z.number(),
    rejected: z.number(),
    flagged: z.number(),
    overridden: z.number(),
  }),
});
const summaryFields =
  'foregroundSummary { pictures waiting found tuned accepted rejected flagged overridden }';
const maskShape = z.object({
  id: z.string(),
  revision: z.number(),
  decision: z.string(),
  light: z.enum(['transmitted', 'stained', 'fluorescence']),
  parameters: z.any(),
  flags: z.array(z.object({ kind: z.string(), reason: z.string(), suggestion: z.string() })),
  maskUrl: z.url(),
  previewUrl: z.url(),
  image: z.object({ id: z.string(), name: z.string(), foregroundOverridden: z.boolean() }),
});
const maskFields =
  'id revision decision light parameters flags { kind reason suggestion } maskUrl previewUrl image { id name foregroundOverridden }';
const listShape = z.object({ foregrounds: z.object({ edges: z.array(z.object({ node: maskShape })) }) });

describe('the foreground of pure cultures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cm-foreground-'));
  const variables = { ...process.env, DATA_DIR: join(folder, 'server') };
  let server: LocalServer;
  let lab: Lab;
  let project: string;
  let dataset: string;
  const lines: string[] = [];
  const files = new Map<string, string>();

  beforeAll(async () => {
    server = await startLocalServer({
      environment: readEnvironment(variables),
      variables,
      root: resolve(import.meta.dirname, '../..'),
      say: () => {},
    });
    lab = await Lab.found(server.firstAccountUrl ?? '', account, 'Lab A');
    project = await lab.make('createProject', { organization: lab.organization, name: 'Masks' }, 'project');
    dataset = await lab.make(
      'createDataset',
      { project, name: 'Cultures', modality: 'PHASE_CONTRAST' },
      'dataset',
    );
    mkdirSync(join(folder, 'pictures'));
    for (const line of demoLines.slice(0, 2)) {
      const cellLine = await lab.make(
        'registerCellLine',
        { organization: lab.organization, name: line },
        'cellLine',
      );
      lines.push(cellLine);
      const paths: string[] = [];
      for (const well of [1, 2]) {
        const path = join(folder, 'pictures', `${line}_${well}.png`);
        const { image } = drawCulture({ line, well, seed: 5, field: 1, width: 320, height: 256 });
        writeFileSync(path, await encodePng(image));
        files.set(`${line}_${well}.png`, path);
        paths.push(path);
      }
      const images = (await uploadFiles(lab.client, dataset, paths)).map((file) => file.imageId);
      // Some are labelled while they are still being read: their masks are queued when they are ready.
      await change('labelImages', { dataset, labels: [{ images, sample: line, cellLines: [cellLine] }] });
    }
  }, 5 * MINUTE);

  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, MINUTE);

  const change = (mutation: string, input: Record<string, unknown>, fields = '__typename') =>
    mutate(lab.client, mutation, input, fields, z.any());
  const summary = async () =>
    (await lab.look('Dataset', dataset, summaryFields, summaryShape)).foregroundSummary;
  const masks = async () => {
    const fields = `foregrounds(first: 10) { edges { node { ${maskFields} } } }`;
    const { foregrounds } = await lab.look('Dataset', dataset, fields, listShape);
    return foregrounds.edges.map((edge) => edge.node);
  };
  const patience = { timeout: 2 * MINUTE, interval: 300 };

  it('is found once for every labelled picture, and is what the same code gives in a browser', async () => {
    await expect.poll(summary, patience).toMatchObject({ pictures: 4, waiting: 0, found: 4 });
    const found = await masks();
    expect(found).toHaveLength(4);
    for (const { image, light, parameters, maskUrl, previewUrl, revision } of found) {
      expect(revision).toBe(1);
      const source = await readImageSource(files.get(image.name) ?? '');
      const { feature, deviationSigma } = parameters;
      const background = measureBackground(await source.read(), { modality: light, feature, deviationSigma });
      const { trimap } = makeMask(background, parameters);
      const path = join(folder, 'mask.png');
      writeFileSync(path, new Uint8Array(await (await fetch(maskUrl)).arrayBuffer()));
      const shown = (await (await readImageSource(path)).read()).data;
      expect(shown.length).toBe(320 * 256);
      const value = (seen: number | undefined) => (seen === 255 ? 1 : seen === 0 ? 0 : 255);
      expect(trimap.data.every((v, i) => v === value(shown[i]))).toBe(true);
      writeFileSync(path, new Uint8Array(await (await fetch(previewUrl)).arrayBuffer()));
      expect(await readImageSource(path)).toMatchObject({ width: 256, channels: 3 });
    }
  });

  it('is found anew where parameters change, and only there', async () => {
    const [first] = await masks();
    const tune = (input: object) => change('tuneForeground', { dataset, ...input }, 'queued');
    const refused = tune({ parameters: { sensitivity: 99 } });
    await expect(refused).rejects.toThrow('sensitivity is 99; set it to a number from 0.5 to 20');
    expect(await tune({ images: [first?.image.id], parameters: { sensitivity: 20 } })).toMatchObject({
      queued: 1,
    });
    await expect.poll(summary, patience).toMatchObject({ found: 3, tuned: 1, overridden: 1 });
    expect(await tune({ parameters: { sensitivity: 3 } })).toMatchObject({ queued: 3 });
    expect(await tune({ parameters: { sensitivity: 3 } })).toMatchObject({ queued: 0 });
    await expect.poll(summary, patience).toMatchObject({ found: 0, tuned: 4 });
    const tuned = await masks();
    for (const { image, parameters, revision } of tuned) {
      const own = image.id === first?.image.id;
      expect([image.foregroundOverridden, parameters.sensitivity, revision]).toEqual([own, own ? 20 : 3, 2]);
    }
    await change('labelImages', {
      dataset,
      labels: [{ images: [first?.image.id], sample: demoLines[0], cellLines: [lines[0]] }],
    });
    expect(await summary()).toMatchObject({ waiting: 0, tuned: 4 });
  });

  it('is accepted, rejected and taken back', async () => {
    const decide = (input: object) =>
      change('acceptForegrounds', { dataset, ...input }, 'count outdated') as Promise<{ count: number }>;
    const { flagged } = await summary();
    expect(await decide({})).toMatchObject({ count: 4 - flagged, outdated: [] });
    expect(await summary()).toMatchObject({ accepted: 4 - flagged });
    const all = await masks();
    const second = all.filter((mask) => mask.image.name.startsWith(demoLines[1] ?? ''));
    await decide({ foregrounds: all.map((mask) => mask.id), verdict: 'UNDO' });
    expect(await summary()).toMatchObject({ accepted: 0, tuned: 4 });
    await expect(decide({ verdict: 'REJECT' })).rejects.toThrow('cannot be rejected at once');
    expect(await decide({ foregrounds: second.map((mask) => mask.id), verdict: 'REJECT' })).toMatchObject({
      count: 2,
    });
    expect(await summary()).toMatchObject({ rejected: 2 });
  });

  it('leaves rejected pictures out of what is trained on the next snapshot', async () => {
    const version = await lab.make('snapshotDataset', { dataset }, 'version');
    const classes = lines.map((line, i) => ({ name: demoLines[i], cellLines: [line] }));
    const run = await lab.make(
      'createTrainingRun',
      { project, name: 'Half', versions: [version], classes, preset: 'fast', steps: 2, withBaseline: false },
      'trainingRun',
    );
    const ended = await lab.ended(
      'TrainingRun',
      run,
      'status errorCode errorMessage',
      z.object({ status: z.string(), errorCode: z.string(), errorMessage: z.string() }),
    );
    expect(ended).toMatchObject({ status: 'FAILED', errorCode: 'TOO_FEW_CULTURES' });
    expect(ended.errorMessage).toContain(demoLines[1]);
  });
});
