import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Lab, runMainJob } from '@cellmixer/api-client';
import { readEnvironment } from '@cellmixer/environment';
import {
  type LocalServer,
  type RunningPostgres,
  startLocalServer,
  startPostgres,
} from '@cellmixer/local-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type ServerUnderTest, startServerUnderTest } from '../storage/server-under-test.ts';
import { drawPictures } from './draw-pictures.ts';

const MINUTES = 60_000;
const account = { name: 'A. Tester', email: 'tester@lab.example', password: 'correct horse 9' };
/** `npm run test:s3` trains longer than every `npm test` can. */
const steps = Number(process.env.JOURNEY_STEPS ?? 2);

describe('a server with a database and a bucket of somebody else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outside-'));
  let postgres: RunningPostgres;
  let store: ServerUnderTest;
  let running: LocalServer | null = null;
  const { S3_ENDPOINT: _1, S3_ACCESS_KEY: _2, S3_SECRET_KEY: _3, S3_REGION: _4, ...plain } = process.env;

  const database = () => ({ DATABASE_URL: postgres.url });
  const bucket = () => ({
    S3_ENDPOINT: store.settings.endpoint,
    S3_ACCESS_KEY: store.settings.accessKey,
    S3_SECRET_KEY: store.settings.secretKey,
    S3_REGION: store.settings.region,
    S3_BUCKET: store.settings.bucket,
  });

  async function start(name: string, given: Readonly<Record<string, string>>): Promise<LocalServer> {
    const variables = { ...plain, ...given, DATA_DIR: join(folder, name) };
    const environment = readEnvironment(variables);
    const root = resolve(import.meta.dirname, '../..');
    running = await startLocalServer({ environment, variables, root, say: () => {} });
    return running;
  }
  async function countObjects(prefix: string): Promise<number> {
    let count = 0;
    for await (const _ of store.minio.listObjectsV2(store.settings.bucket, prefix, true)) count++;
    return count;
  }
  const partsOf = (name: string): string[] =>
    JSON.parse(readFileSync(join(folder, name, 'state.json'), 'utf8')).processes.map(
      (part: { readonly name: string }) => part.name,
    );

  beforeAll(async () => {
    [postgres, store] = await Promise.all([
      startPostgres({ folder: join(folder, 'postgres') }),
      startServerUnderTest(),
    ]);
  }, 3 * MINUTES);
  afterEach(async () => {
    await running?.stop();
    running = null;
  }, MINUTES);
  afterAll(async () => {
    await postgres?.stop();
    await store?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }, MINUTES);

  it('embeds neither, and does the main job', { timeout: 20 * MINUTES }, async () => {
    const server = await start('both', { ...database(), ...bucket() });
    expect(partsOf('both')).not.toContain('postgres');
    expect(partsOf('both')).not.toContain('bucket');
    const lab = await Lab.found(server.firstAccountUrl ?? '', account, 'Lab A');
    const { cellmixer, images } = await runMainJob(lab, {
      ...{
        project: 'Outside',
        modality: 'PHASE_CONTRAST',
        ...(await drawPictures(join(folder, 'pictures'))),
      },
      training: { name: 'Outside', preset: 'fast', steps, seed: 1 },
    });
    expect(images.size).toBe(8);
    const { segmentations } = cellmixer.results;
    expect(segmentations).toHaveLength(2);
    for (const { classMapUrl } of segmentations) {
      expect(new URL(classMapUrl).origin).toBe(new URL(store.settings.endpoint).origin);
      expect((await (await fetch(classMapUrl)).arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
    const taken = await lab.make('exportSegmentations', { segmentationRun: cellmixer.results.run }, 'export');
    const exported = z.object({ status: z.literal('SUCCEEDED'), images: z.literal(2), url: z.url() });
    const { url } = await lab.ended('Export', taken, 'status images url', exported);
    const zip = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(zip.subarray(0, 2).toString()).toBe('PK');

    // The originals stay where they came; beside them a pyramid and a thumbnail of each.
    expect(await countObjects('incoming/')).toBe(images.size);
    expect(await countObjects('images/')).toBe(2 * images.size);
  });

  it('embeds a bucket alone beside a database from outside, whose people it knows', {
    timeout: 5 * MINUTES,
  }, async () => {
    const server = await start('database', database());
    expect(partsOf('database')).toContain('bucket');
    expect(partsOf('database')).not.toContain('postgres');
    expect(server.firstAccountUrl).toBeNull();
    await expect(Lab.signIn(server.url, account)).resolves.toBeInstanceOf(Lab);
  });

  it('embeds a database alone beside a bucket from outside', { timeout: 5 * MINUTES }, async () => {
    const server = await start('bucket', bucket());
    expect(partsOf('bucket')).toContain('postgres');
    expect(partsOf('bucket')).not.toContain('bucket');
    const lab = await Lab.found(server.firstAccountUrl ?? '', account, 'Lab B');
    const name = z.object({ id: z.string(), name: z.string() });
    await lab.make('createProject', { organization: lab.organization, name: 'Mine' }, 'project');
    const projects = await lab.list('Organization', lab.organization, 'projects', 'id name', name);
    expect(projects.map((project) => project.name)).toEqual(['Mine']);
  });
});
