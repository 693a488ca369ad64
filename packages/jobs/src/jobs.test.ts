import { randomUUID } from 'node:crypto';
import { type Database, Prisma } from '@cellmixer/database';
import { type MigratedDatabase, openMigrated } from '@cellmixer/database/testing';
import { CellMixerError } from '@cellmixer/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelJobsOf } from './cancel.ts';
import { Changes } from './changes.ts';
import { enqueue } from './enqueue.ts';
import {
  beat,
  checkpointed,
  claim,
  confirmCancelled,
  failAttempt,
  type HeldJob,
  succeed,
  succeedAtOnce,
  whileHeld,
} from './held-job.ts';
import { openQueue, type Queue } from './queue.ts';
import { keepSweeping, queueSweep } from './sweeps.ts';
import { type JobEvent, takeJobs } from './take-jobs.ts';
import { withdrawInputs } from './withdrawn-inputs.ts';

const broken = { code: 'JOB_FAILED', message: 'a disk is full', cure: null };
let opened: MigratedDatabase;
let database: Database;
let queue: Queue;

beforeAll(async () => {
  opened = await openMigrated();
  database = opened.database;
  queue = await openQueue({ databaseUrl: opened.url, supervise: false, onError: () => {} });
}, 120_000);
afterAll(async () => {
  await queue?.stop({ graceful: false });
  await opened?.[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await database.job.deleteMany();
  for (const name of ['quick', 'segment', 'train']) await queue.deleteAllJobs(name);
});

async function makeLab(name: string): Promise<string> {
  return (await database.organization.create({ data: { name } })).id;
}

/** Comparisons have no row of their own to keep in step, so that these tests need none. */
function enqueueMany(organizationId: string | null, count: number): Promise<string[]> {
  const owner = { organizationId, projectId: null, createdById: null };
  const jobs = Array.from({ length: count }, () => {
    const id = randomUUID();
    return { kind: 'COMPARE' as const, subjectId: id, payload: { comparisonId: id } };
  });
  return database.$transaction((tx) => enqueue(tx, queue, owner, jobs));
}

async function hold(): Promise<HeldJob> {
  const [id] = await enqueueMany(null, 1);
  const job = await claim(database, id ?? '', 'worker 1');
  if (job === null) throw new Error('nobody could claim it');
  return job;
}

const statusOf = async (id: string) => (await database.job.findUniqueOrThrow({ where: { id } })).status;

describe('a job that another worker has taken over', () => {
  it('cannot be changed by the worker that was thought dead', async () => {
    const stale = await hold();
    const fresh = await claim(database, stale.id, 'worker 2');
    expect(fresh?.attempt).toBe(stale.attempt + 1);
    expect(await beat(database, stale, null)).toBe('lost');
    const write = whileHeld(database, stale, (tx) => tx.organization.create({ data: { name: 'written' } }));
    await expect(write).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await database.organization.count({ where: { name: 'written' } })).toBe(0);
    await expect(succeed(database, stale, async () => {})).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await failAttempt(database, stale, broken, 'final')).toBe(false);
    expect(await statusOf(stale.id)).toBe('RUNNING');
  });

  it('publishes nothing where its results cannot be written', async () => {
    const job = await hold();
    const publish = succeed(database, job, async (tx) => {
      await tx.organization.create({ data: { name: 'half-written' } });
      throw new Error('no');
    });
    await expect(publish).rejects.toThrow('no');
    expect(await database.organization.count({ where: { name: 'half-written' } })).toBe(0);
    expect(await statusOf(job.id)).toBe('RUNNING');
  });
});

describe('a job that ends in one statement', () => {
  const renaming = (lab: string) =>
    Prisma.sql`UPDATE "Organization" o SET name = 'renamed' FROM held WHERE o.id = ${lab}::uuid RETURNING o.id`;
  const nameOf = async (id: string) =>
    (await database.organization.findUniqueOrThrow({ where: { id } })).name;

  it('ends with what is published, and both are told of', async () => {
    const [job, lab] = [await hold(), await makeLab('before')];
    const changes = await Changes.open({ databaseUrl: opened.url, onError: () => {} });
    try {
      const told: string[] = [];
      changes.onAnyChange((change) => told.push(`${change?.type} ${change?.id}`));
      expect(await succeedAtOnce(database, job, renaming(lab), { type: 'Lab', id: lab })).toBe(true);
      await expect
        .poll(() => [...told], { timeout: 60_000 })
        .toEqual(expect.arrayContaining([`Job ${job.id}`, `Lab ${lab}`]));
    } finally {
      await changes.close();
    }
    expect([await statusOf(job.id), await nameOf(lab)]).toEqual(['SUCCEEDED', 'renamed']);
  });

  it('publishes nothing for a worker that was thought dead, and ends nothing where there is nothing to publish', async () => {
    const [stale, lab] = [await hold(), await makeLab('before')];
    const fresh = (await claim(database, stale.id, 'worker 2')) ?? stale;
    const changed = { type: 'Lab', id: lab };
    expect(await succeedAtOnce(database, stale, renaming(lab), changed)).toBe(false);
    expect(await succeedAtOnce(database, fresh, renaming(randomUUID()), changed)).toBe(false);
    expect([await statusOf(stale.id), await nameOf(lab)]).toEqual(['RUNNING', 'before']);
    await database.job.update({ where: { id: fresh.id }, data: { status: 'CANCELLING' } });
    expect(await succeedAtOnce(database, fresh, renaming(lab), changed)).toBe(false);
    expect([await statusOf(stale.id), await nameOf(lab)]).toEqual(['CANCELLING', 'before']);
  });

  it.each([
    ['a heartbeat', { heartbeatAt: new Date() }, 'SUCCEEDED', 'renamed'],
    ['another worker', { attempt: 9 }, 'RUNNING', 'before'],
  ])('sees what %s writes at the same moment', async (_who, data, status, name) => {
    const [job, lab] = [await hold(), await makeLab('before')];
    let ending: Promise<boolean> | undefined;
    await database.$transaction(
      async (tx) => {
        await tx.job.update({ where: { id: job.id }, data });
        ending = succeedAtOnce(database, job, renaming(lab), { type: 'Lab', id: lab });
        await expect
          .poll(() => database.$queryRaw`SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'`, {
            timeout: 60_000,
          })
          .toHaveLength(1);
      },
      { timeout: 90_000 },
    );
    expect(await ending).toBe(status === 'SUCCEEDED');
    expect([await statusOf(job.id), await nameOf(lab)]).toEqual([status, name]);
  });
});

describe('a job that is taken', () => {
  it('is told of, whatever its kind', async () => {
    const nobody = { organizationId: null, projectId: null, createdById: null };
    const imageId = randomUUID();
    const [plain = ''] = await database.$transaction((tx) =>
      enqueue(tx, queue, nobody, [{ kind: 'INGEST', subjectId: imageId, payload: { imageId } }]),
    );
    const [other = ''] = await enqueueMany(null, 1);
    // From here on: that they were queued is not heard.
    const changes = await Changes.open({ databaseUrl: opened.url, onError: () => {} });
    try {
      const told = new Set<string>();
      changes.onAnyChange((change) => told.add(change?.id ?? ''));
      for (const id of [plain, other])
        expect(await claim(database, id, 'worker 1')).toMatchObject({ id, attempt: 1 });
      await expect.poll(() => [...told], { timeout: 60_000 }).toEqual(expect.arrayContaining([plain, other]));
      expect(await statusOf(plain)).toBe('RUNNING');
    } finally {
      await changes.close();
    }
  });
});

describe('failed attempts', () => {
  it('end the job at the third, and begin to count again at a checkpoint', async () => {
    let job = await hold();
    const again = async () => {
      job = (await claim(database, job.id, 'worker 1')) ?? job;
    };
    expect(await failAttempt(database, job, broken, 'one')).toBe(true);
    await again();
    await checkpointed(database, job, async () => {});
    for (const left of [true, true, false]) {
      expect(await failAttempt(database, job, broken, 'one')).toBe(left);
      if (left) await again();
    }
    const row = await database.job.findUniqueOrThrow({ where: { id: job.id } });
    expect(row).toMatchObject({ status: 'FAILED', errorCode: 'JOB_FAILED', errorMessage: 'a disk is full' });
    expect(await claim(database, job.id, 'worker 1')).toBeNull();
  });
});

describe('a cancel', () => {
  it('ends a waiting job at once and a running one when its worker confirms', async () => {
    const [waiting] = await enqueueMany(null, 1);
    const running = await hold();
    const subjects = (await database.job.findMany()).map((job) => job.subjectId ?? '');
    expect(await database.$transaction((tx) => cancelJobsOf(tx, subjects))).toBe(2);
    expect(await statusOf(waiting ?? '')).toBe('CANCELLED');
    expect(await statusOf(running.id)).toBe('CANCELLING');
    expect(await beat(database, running, null)).toBe('cancel');
    // Its worker dies instead of confirming; the next one finds it.
    expect(await claim(database, running.id, 'worker 2')).toBeNull();
    expect(await statusOf(running.id)).toBe('CANCELLED');
  });
});

describe('a segmentation run', () => {
  async function order(pictures: number) {
    const createdById = randomUUID();
    const organizationId = await makeLab('Large');
    const { id: projectId } = await database.project.create({
      data: { organizationId, name: 'P', createdById },
    });
    const { id: datasetId } = await database.dataset.create({
      data: { projectId, name: 'D', modality: 'PHASE_CONTRAST', createdById },
    });
    const { id: datasetVersionId } = await database.datasetVersion.create({
      data: { datasetId, number: 1, createdById },
    });
    const model = await database.model.create({ data: { projectId, name: 'M', createdById } });
    const { id: modelVersionId } = await database.modelVersion.create({
      data: {
        ...{ modelId: model.id, number: 1, calibration: {}, card: {}, objectKey: 'o', sizeBytes: 1 },
        checksum: 'c',
      },
    });
    const place = { projectId, modelVersionId, settings: {}, settingsHash: 'h' };
    const images = await database.image.createManyAndReturn({
      data: Array.from({ length: pictures }, () => ({
        ...{ datasetId, name: 'a.tif', sizeBytes: 1, createdById },
      })),
    });
    const rows = await database.segmentation.createManyAndReturn({
      data: images.map(({ id: imageId }) => ({ ...place, imageId })),
    });
    const ids = rows.map(({ id }) => id);
    const run = await database.segmentationRun.create({
      data: { ...place, datasetVersionId, total: ids.length, createdById },
    });
    await database.segmentationRunItem.createMany({
      data: ids.map((segmentationId) => ({ runId: run.id, segmentationId })),
    });
    const owner = { organizationId, projectId, createdById };
    const jobs = ids.map((id) => ({
      kind: 'SEGMENT' as const,
      subjectId: id,
      payload: { segmentationId: id },
    }));
    const jobIds = await database.$transaction((tx) => enqueue(tx, queue, owner, jobs));
    const seen = () => database.segmentationRun.findUniqueOrThrow({ where: { id: run.id } });
    return { projectId, ids, jobIds, seen };
  }

  it('is under way from when a worker takes its first picture', async () => {
    const { jobIds, seen } = await order(3);
    expect(await seen()).toMatchObject({ status: 'QUEUED', startedAt: null });
    // Two at once: one of them starts it.
    await Promise.all(jobIds.slice(0, 2).map((id) => claim(database, id, 'worker 1')));
    const started = await seen();
    expect(started).toMatchObject({ status: 'RUNNING', done: 0, revision: 2 });
    expect(started.startedAt).not.toBeNull();
    await claim(database, jobIds[2] ?? '', 'worker 2');
    expect((await seen()).revision).toBe(2);
  });

  it('ends a thousand waiting pictures in one go where it is cancelled', { timeout: 60_000 }, async () => {
    const { projectId, ids, seen } = await order(1000);
    // As a request would, within the time that a transaction has; one by one takes far longer.
    expect(await database.$transaction((tx) => cancelJobsOf(tx, ids))).toBe(ids.length);
    expect(await seen()).toMatchObject({ status: 'CANCELLED', done: 0, failed: 0 });
    expect(await database.segmentation.count({ where: { status: 'CANCELLED', projectId } })).toBe(1000);
  });
});

describe('the queue', () => {
  it('lets a lab’s only job overtake another lab’s many', async () => {
    await enqueueMany(await makeLab('A'), 30);
    const [single] = await enqueueMany(await makeLab('B'), 1);
    const first = await queue.fetch('quick', { batchSize: 2 });
    expect(first.map((job) => job.id)).toContain(single);
  });

  it('lets labs alternate that both have many, wherever the first one is', async () => {
    const many = new Set(await enqueueMany(await makeLab('A'), 30));
    for (const { id } of await queue.fetch('quick', { batchSize: 10 })) await claim(database, id, 'worker 1');
    await enqueueMany(await makeLab('B'), 30);
    const next = await queue.fetch('quick', { batchSize: 10 });
    expect(next.filter((job) => many.has(job.id))).toHaveLength(5);
  });

  it('lets nobody overtake who came first with a single job', async () => {
    await enqueueMany(await makeLab('A'), 10);
    for (const { id } of await queue.fetch('quick', { batchSize: 2 })) await claim(database, id, 'worker 1');
    const singles: string[] = [];
    for (const name of ['B', 'C', 'D']) singles.push(...(await enqueueMany(await makeLab(name), 1)));
    const next = await queue.fetch('quick', { batchSize: 3 });
    expect(next.map((job) => job.id)).toEqual(singles);
  });

  it('keeps neither row nor entry of a transaction that fails', async () => {
    const owner = { organizationId: null, projectId: null, createdById: null };
    const failing = database.$transaction(async (tx) => {
      const id = randomUUID();
      await enqueue(tx, queue, owner, [{ kind: 'COMPARE', subjectId: id, payload: { comparisonId: id } }]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await database.job.count()).toBe(0);
    expect(await queue.fetch('quick')).toEqual([]);
  });
});

describe('a worker', () => {
  it('does a job, stops one that is cancelled, and gives a mistake up at once', {
    timeout: 60_000,
  }, async () => {
    const events: JobEvent[] = [];
    const seen = (event: JobEvent['event']) =>
      expect.poll(() => events.map((e) => e.event), { timeout: 20_000 }).toContain(event);
    let mode: 'do' | 'wait' | 'break' = 'do';
    const stop = await takeJobs({
      database,
      queue: await openQueue({ databaseUrl: opened.url, supervise: true, onError: () => {} }),
      concurrency: { quick: 1 },
      worker: 'worker 3',
      log: (event) => events.push(event),
      handlers: {
        COMPARE: async (_payload, { job, signal }) => {
          if (mode === 'break')
            throw new CellMixerError('INVALID_ARGUMENT', 'no such picture', { cure: 'Upload it.' });
          if (mode === 'wait')
            await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
          await succeed(database, job, async () => {});
        },
      },
    });
    try {
      await enqueueMany(null, 1);
      await seen('succeeded');
      mode = 'wait';
      const [waiting] = await enqueueMany(null, 1);
      await expect.poll(() => statusOf(waiting ?? ''), { timeout: 20_000 }).toBe('RUNNING');
      const { subjectId } = await database.job.findUniqueOrThrow({ where: { id: waiting ?? '' } });
      await database.$transaction((tx) => cancelJobsOf(tx, [subjectId ?? '']));
      await seen('cancelled');
      expect(await statusOf(waiting ?? '')).toBe('CANCELLED');
      mode = 'break';
      const [bad] = await enqueueMany(null, 1);
      await seen('failed');
      const row = await database.job.findUniqueOrThrow({ where: { id: bad ?? '' } });
      expect(row).toMatchObject({ status: 'FAILED', attempt: 1, errorCure: 'Upload it.' });
    } finally {
      await stop();
    }
  });

  it('does many jobs that were queued together one after another, without a pause between them', {
    timeout: 60_000,
  }, async () => {
    let done = 0;
    const stop = await takeJobs({
      database,
      queue: await openQueue({ databaseUrl: opened.url, supervise: true, onError: () => {} }),
      concurrency: { quick: 2 },
      worker: 'worker 4',
      log: () => {},
      handlers: {
        COMPARE: async (_payload, { job }) => {
          await succeed(database, job, async () => {});
          done += 1;
        },
      },
    });
    try {
      await enqueueMany(null, 60);
      // With the backstop alone sixty would take two and a half minutes.
      await expect.poll(() => done, { timeout: 30_000 }).toBe(60);
    } finally {
      await stop();
    }
  });
});

describe('a job on a lent dataset', () => {
  /** A segmentation in a borrowing project, its job queued. */
  async function lend() {
    const [lender, borrower] = [await makeLab('Lender'), await makeLab('Borrower')];
    const createdById = randomUUID();
    const project = (organizationId: string) =>
      database.project.create({ data: { organizationId, name: 'P', createdById } });
    const [owner, borrowing] = [await project(lender), await project(borrower)];
    const dataset = await database.dataset.create({
      data: { projectId: owner.id, name: 'Plate 3', modality: 'PHASE_CONTRAST', createdById },
    });
    const image = await database.image.create({
      data: { datasetId: dataset.id, name: 'a.tif', sizeBytes: 1, createdById },
    });
    const share = await database.datasetShare.create({
      data: { datasetId: dataset.id, projectId: borrowing.id, status: 'ACCEPTED', createdById },
    });
    const model = await database.model.create({ data: { projectId: borrowing.id, name: 'M', createdById } });
    const version = { number: 1, calibration: {}, card: {}, objectKey: 'o', sizeBytes: 1, checksum: 'c' };
    const { id: modelVersionId } = await database.modelVersion.create({
      data: { modelId: model.id, ...version },
    });
    const { id } = await database.segmentation.create({
      data: { projectId: borrowing.id, imageId: image.id, modelVersionId, settings: {}, settingsHash: 'h' },
    });
    const place = { organizationId: borrower, projectId: borrowing.id, createdById };
    const [jobId = ''] = await database.$transaction((tx) =>
      enqueue(tx, queue, place, [{ kind: 'SEGMENT', subjectId: id, payload: { segmentationId: id } }]),
    );
    const revoke = () =>
      database.datasetShare.update({ where: { id: share.id }, data: { status: 'REVOKED' } });
    const end = () => database.segmentation.findUniqueOrThrow({ where: { id } });
    return { jobId, shareId: share.id, datasetId: dataset.id, projectId: borrowing.id, revoke, end };
  }

  it('is not begun once the share is revoked', async () => {
    const { jobId, revoke, end } = await lend();
    await revoke();
    expect(await claim(database, jobId, 'worker 1')).toBeNull();
    expect(await statusOf(jobId)).toBe('FAILED');
    expect(await end()).toMatchObject({ status: 'FAILED', errorCode: 'INPUT_WITHDRAWN' });
  });

  it('publishes nothing once the share is revoked, and its use was counted', async () => {
    const { jobId, shareId, revoke } = await lend();
    const job = await claim(database, jobId, 'worker 1');
    if (job === null) throw new Error('nobody could claim it');
    await revoke();
    const publish = succeed(database, job, async (tx) => {
      await tx.organization.create({ data: { name: 'published' } });
    });
    await expect(publish).rejects.toMatchObject({ code: 'INPUT_WITHDRAWN' });
    expect(await database.organization.count({ where: { name: 'published' } })).toBe(0);
    expect(await database.datasetUse.findMany({ where: { shareId } })).toMatchObject([
      { kind: 'SEGMENT', jobs: 1 },
    ]);
  });

  it('is stopped while it runs, and fails with the reason', async () => {
    const { jobId, datasetId, projectId, end } = await lend();
    const job = await claim(database, jobId, 'worker 1');
    if (job === null) throw new Error('nobody could claim it');
    expect(await database.$transaction((tx) => withdrawInputs(tx, { datasetId, projectId }))).toBe(1);
    expect(await beat(database, job, null)).toBe('cancel');
    await confirmCancelled(database, job);
    expect(await end()).toMatchObject({ status: 'FAILED', errorCode: 'INPUT_WITHDRAWN' });
  });
});

describe('an export', () => {
  /** Of a project whose editor has asked for it, its job queued. */
  async function askForExport() {
    const organizationId = await makeLab('Exporting');
    const user = await database.user.create({ data: { name: 'Ed', email: `${randomUUID()}@lab.example` } });
    const member = await database.member.create({
      data: { organizationId, userId: user.id, role: 'MEMBER' },
    });
    const createdById = user.id;
    const { id: projectId } = await database.project.create({
      data: { organizationId, name: 'P', createdById },
    });
    const grant = await database.projectGrant.create({
      data: { projectId, memberId: member.id, role: 'EDITOR' },
    });
    const data = { projectId, name: 'D', modality: 'PHASE_CONTRAST' as const, createdById };
    const dataset = await database.dataset.create({ data });
    const version = await database.datasetVersion.create({
      data: { datasetId: dataset.id, number: 1, createdById },
    });
    const model = await database.model.create({ data: { projectId, name: 'M', createdById } });
    const file = { number: 1, calibration: {}, card: {}, objectKey: 'o', sizeBytes: 1, checksum: 'c' };
    const modelVersion = await database.modelVersion.create({ data: { modelId: model.id, ...file } });
    const run = await database.segmentationRun.create({
      data: {
        ...{ projectId, createdById, datasetVersionId: version.id, modelVersionId: modelVersion.id },
        ...{ settings: {}, settingsHash: 'h', total: 1 },
      },
    });
    const { id } = await database.export.create({
      data: { projectId, segmentationRunId: run.id, createdById },
    });
    const [jobId = ''] = await database.$transaction((tx) =>
      enqueue(tx, queue, { organizationId, projectId, createdById }, [
        { kind: 'EXPORT', subjectId: id, payload: { exportId: id } },
      ]),
    );
    const end = () => database.export.findUniqueOrThrow({ where: { id } });
    return { jobId, memberId: member.id, grantId: grant.id, end };
  }

  it('is made for who is in the project', async () => {
    const { jobId, end } = await askForExport();
    const job = await claim(database, jobId, 'worker 1');
    if (job === null) throw new Error('nobody could claim it');
    await succeed(database, job, async () => {});
    expect(await end()).toMatchObject({ status: 'SUCCEEDED' });
  });

  it('is not begun for who has left the project', async () => {
    const { jobId, grantId, end } = await askForExport();
    await database.projectGrant.delete({ where: { id: grantId } });
    expect(await claim(database, jobId, 'worker 1')).toBeNull();
    expect(await end()).toMatchObject({ status: 'FAILED', errorCode: 'ASKER_GONE' });
  });

  it('is not published for who was taken out of the lab meanwhile', async () => {
    const { jobId, memberId } = await askForExport();
    const job = await claim(database, jobId, 'worker 1');
    if (job === null) throw new Error('nobody could claim it');
    await database.member.update({ where: { id: memberId }, data: { removedAt: new Date() } });
    const published = succeed(database, job, async (tx) => {
      await tx.organization.create({ data: { name: 'exported' } });
    });
    await expect(published).rejects.toMatchObject({ code: 'ASKER_GONE' });
    expect(await database.organization.count({ where: { name: 'exported' } })).toBe(0);
  });
});

describe('sweeps', () => {
  it('are queued by the clock, one at a time', async () => {
    await keepSweeping(database, queue);
    const schedules = await queue.getSchedules();
    expect(schedules.map(({ key, data }) => [key, data])).toEqual([
      ['hourly', { orphans: false }],
      ['nightly', { orphans: true }],
    ]);
    await queue.send('sweep-clock', { orphans: true });
    const waiting = () => database.job.findMany({ where: { kind: 'SWEEP' }, select: { payload: true } });
    await expect.poll(waiting, { timeout: 120_000 }).toEqual([{ payload: { orphans: true } }]);
    await database.$transaction((tx) => queueSweep(tx, queue, { orphans: true }));
    expect(await waiting()).toHaveLength(1);
    await database.$transaction((tx) => queueSweep(tx, queue, { orphans: false }));
    expect(await waiting()).toHaveLength(2);
  });
});
