import { notify, tell } from '@cellmixer/jobs';
import { type Client, createClient, type SubscribePayload } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type ServedWorld, serveWorld } from '../testing/served-world.ts';
import { most } from './live-door.ts';

let server: ServedWorld;
const clients: Client[] = [];
const arrived = { timeout: 60_000 };

beforeAll(async () => {
  server = await serveWorld();
});
afterAll(async () => {
  for (const client of clients) void client.dispose();
  await server?.[Symbol.asyncDispose]();
});

interface Sign {
  readonly cookie?: string;
  readonly key?: string;
  readonly origin?: string;
}

/** A client of the protocol's own library, and how its connection was closed. */
function connect({ cookie, key, origin }: Sign) {
  const closes: { code: number; reason: string }[] = [];
  class Socket extends WebSocket {
    constructor(url: string, protocol: string) {
      const headers = { ...(cookie && { cookie }), ...(origin && { origin }) };
      super(url, protocol, { headers });
    }
  }
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Socket,
    retryAttempts: 0,
    connectionParams: key === undefined ? {} : { authorization: `Bearer ${key}` },
    on: { closed: (event) => closes.push(event as { code: number; reason: string }) },
  });
  clients.push(client);
  return { client, closes };
}

/** Subscribes, and collects what comes. */
function follow(client: Client, payload: SubscribePayload) {
  const seen: Record<string, unknown>[] = [];
  const errors: unknown[] = [];
  let end: 'open' | 'completed' | 'failed' = 'open';
  const stop = client.subscribe(payload, {
    next: ({ data, errors: failed }) => {
      if (data) seen.push(data);
      if (failed) errors.push(...failed);
    },
    error: (error) => {
      errors.push(...(Array.isArray(error) ? error : [error]));
      end = 'failed';
    },
    complete: () => {
      end = 'completed';
    },
  });
  return { seen, errors, stop, end: () => end };
}

const globalId = (type: string, id: string) => Buffer.from(`${type}:${id}`).toString('base64');
const idOf = (type: 'TrainingRun' | 'Job' | 'Project') => server.world.rows.get(type) ?? '';
const runQuery = (id: string): SubscribePayload => ({
  query: 'subscription($id: ID!) { trainingRunUpdated(trainingRun: $id) { id step } }',
  variables: { id: globalId('TrainingRun', id) },
});
const step = (event: Record<string, unknown> | undefined) =>
  (event?.trainingRunUpdated as { step: number } | undefined)?.step;

async function makeRun(): Promise<string> {
  const { database, world } = server;
  const { userId } = await database.member.findFirstOrThrow({ where: { role: 'OWNER' } });
  const { id } = await database.trainingRun.create({
    data: {
      projectId: world.projectId,
      name: 'Watched',
      preset: 'fast',
      steps: 100,
      seed: 1,
      settings: {},
      createdById: userId,
    },
  });
  return id;
}

const setStep = (id: string, to: number, aloud = true) =>
  server.database.$transaction(async (tx) => {
    await tx.trainingRun.update({ where: { id }, data: { step: to } });
    if (aloud) await tell(tx, 'TrainingRun', id);
  });

describe('a subscription', () => {
  it('tells how things stand, and what changes, at most twice a second, the last always', async () => {
    const { client } = connect({ cookie: await server.signIn('viewer') });
    const id = await makeRun();
    const run = follow(client, runQuery(id));
    await expect.poll(() => run.seen.map(step), arrived).toEqual([0]);
    const begun = performance.now();
    for (let i = 1; i <= 60; i++) await setStep(id, i);
    await expect.poll(() => step(run.seen.at(-1)), arrived).toBe(60);
    const halfSeconds = (performance.now() - begun) / 500;
    expect(run.seen.length).toBeLessThanOrEqual(2 + Math.ceil(halfSeconds));
    expect(run.errors).toEqual([]);
    run.stop();
  });

  it('ends quietly when the rights are revoked, and when the thing is deleted', async () => {
    const { database, world } = server;
    const { client } = connect({ cookie: await server.signIn('viewer') });
    const [hidden, deleted] = [await makeRun(), await makeRun()];
    const first = follow(client, runQuery(hidden));
    const second = follow(client, runQuery(deleted));
    await expect.poll(() => [...first.seen, ...second.seen].map(step), arrived).toEqual([0, 0]);
    await database.trainingRun.update({ where: { id: deleted }, data: { deletedAt: new Date() } });
    await setStep(deleted, 1);
    await expect.poll(second.end, arrived).toBe('completed');
    const grants = { projectId: world.projectId, role: 'VIEWER' as const };
    const kept = await database.projectGrant.findMany({ where: grants });
    await database.projectGrant.deleteMany({ where: grants });
    await setStep(hidden, 1);
    await expect.poll(first.end, arrived).toBe('completed');
    expect([...first.seen, ...second.seen].map(step)).toEqual([0, 0]);
    expect([...first.errors, ...second.errors]).toEqual([]);
    await database.projectGrant.createMany({ data: kept });
  });

  it('says NOT FOUND of what the asker may not see, and of what is no id', async () => {
    const { client } = connect({ cookie: await server.signIn('other lab') });
    const run = follow(client, runQuery(idOf('TrainingRun')));
    await expect.poll(run.end, arrived).not.toBe('open');
    expect(run.errors).toMatchObject([{ extensions: { code: 'TRAININGRUN_NOT_FOUND' } }]);
    expect(run.seen).toEqual([]);
  });

  it('goes on after the database has cut every connection, and tells what was missed', async () => {
    const { client } = connect({ cookie: await server.signIn('editor') });
    const id = await makeRun();
    const run = follow(client, runQuery(id));
    await expect.poll(() => run.seen.map(step), arrived).toEqual([0]);
    await setStep(id, 7, false);
    await server.database.$queryRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename = current_user
        AND application_name LIKE 'cellmixer%'`;
    await expect.poll(() => step(run.seen.at(-1)), arrived).toBe(7);
    await expect
      .poll(
        () =>
          setStep(id, 8).then(
            () => true,
            () => false,
          ),
        arrived,
      )
      .toBe(true);
    await expect.poll(() => step(run.seen.at(-1)), arrived).toBe(8);
    expect(run.end()).toBe('open');
  });

  it('names what changes in a project, to those who see it alone', async () => {
    const query =
      'subscription($id: ID!) { projectActivity(project: $id) { all changed { __typename id } } }';
    const payload = { query, variables: { id: globalId('Project', idOf('Project')) } };
    const { client } = connect({ cookie: await server.signIn('guest') });
    const activity = follow(client, payload);
    await expect
      .poll(() => activity.seen, arrived)
      .toEqual([{ projectActivity: { all: true, changed: [] } }]);
    const elsewhere = await server.database.project.findFirstOrThrow({ where: { name: 'Borrowing' } });
    await tell(server.database, 'Project', elsewhere.id);
    await tell(server.database, 'Session', elsewhere.id);
    await tell(server.database, 'Job', idOf('Job'));
    const job = { __typename: 'Job', id: globalId('Job', idOf('Job')) };
    await expect
      .poll(() => activity.seen.at(-1), arrived)
      .toEqual({ projectActivity: { all: false, changed: [job] } });
    expect(activity.seen).toHaveLength(2);
  });

  it('brings new notifications to their owner alone, each once', async () => {
    const { database, world } = server;
    const payload = { query: 'subscription { notificationAdded { text subjectId } }' };
    const [mine, foreign] = [
      connect({ cookie: await server.signIn('editor') }),
      connect({ cookie: await server.signIn('admin') }),
    ];
    const [own, other] = [follow(mine.client, payload), follow(foreign.client, payload)];
    const news = {
      organizationId: world.organizationId,
      userIds: [world.actors.get('editor')?.userId ?? ''],
      kind: 'training-run.succeeded',
      subjectType: 'TrainingRun',
      subjectId: idOf('TrainingRun'),
    };
    const send = (text: string) => database.$transaction((tx) => notify(tx, { ...news, text }));
    // Nothing is told of the moment at which a subscription begins: until then they pass unseen.
    let sent = 0;
    await expect.poll(() => send(String(++sent)).then(() => own.seen.length), arrived).toBeGreaterThan(0);
    await send('last');
    const told = () => own.seen.map(({ notificationAdded }) => notificationAdded as { text: string });
    await expect.poll(() => told().at(-1)?.text, arrived).toBe('last');
    const first = Number(told()[0]?.text);
    const texts = Array.from({ length: sent - first + 1 }, (_, i) => String(first + i));
    const subjectId = globalId('TrainingRun', idOf('TrainingRun'));
    expect(told()).toEqual([...texts, 'last'].map((text) => ({ text, subjectId })));
    expect([...other.seen, ...own.errors, ...other.errors]).toEqual([]);
  });
});

describe('a connection', () => {
  it('is refused to pages of other origins, and taken from our own', async () => {
    const cookie = await server.signIn('viewer');
    const answered = (origin: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
          headers: { cookie, origin },
        });
        socket.on('open', () => {
          socket.close();
          resolve('open');
        });
        socket.on('unexpected-response', (_request, response) => resolve(`${response.statusCode}`));
        socket.on('error', (error) => resolve(error.message));
      });
    expect(await answered('https://evil.example')).toBe('403');
    expect(await answered('null')).toBe('403');
    expect(await answered(server.publicUrl)).toBe('open');
  });

  it('takes subscriptions alone, under the same limits as HTTP', async () => {
    const { client } = connect({ cookie: await server.signIn('viewer') });
    const refusal = async (query: string) => {
      const answer = follow(client, { query });
      await expect.poll(() => answer.errors.length, arrived).toBeGreaterThan(0);
      return answer.errors[0];
    };
    const only = { extensions: { code: 'SUBSCRIPTION_ONLY' } };
    expect(await refusal('{ viewer { name } }')).toMatchObject(only);
    expect(
      await refusal('mutation { createProject(input: { organization: "a", name: "b" }) { __typename } }'),
    ).toMatchObject(only);
    const run = idOf('TrainingRun');
    const deep = `${'baseline { '.repeat(13)}id${' }'.repeat(13)}`;
    expect(
      await refusal(`subscription { trainingRunUpdated(trainingRun: "${run}") { ${deep} } }`),
    ).toMatchObject({
      message: expect.stringContaining('depth'),
    });
    expect(await refusal(`subscription { notificationAdded { id } } #${' '.repeat(60_000)}`)).toMatchObject({
      extensions: { code: 'QUERY_TOO_LONG' },
    });
    expect(await refusal(`subscription { notificationAdded { ${'id '.repeat(3000)} } }`)).toMatchObject({
      message: expect.stringContaining('token'),
    });
  });

  it('is closed when somebody signs out', async () => {
    const cookie = await server.signIn('manager');
    const { client, closes } = connect({ cookie });
    const run = follow(client, runQuery(idOf('TrainingRun')));
    await expect.poll(() => run.seen.length, arrived).toBe(1);
    const response = await fetch(`${server.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: server.publicUrl, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(200);
    await expect
      .poll(() => closes, arrived)
      .toMatchObject([{ code: 4401, reason: 'The session has ended.' }]);
  });

  it('is closed when the session expires', async () => {
    const { database, world } = server;
    const cookie = await server.signIn('teammate');
    const userId = world.actors.get('teammate')?.userId ?? '';
    await database.session.updateMany({
      where: { userId },
      data: { expiresAt: new Date(Date.now() + 3000) },
    });
    const { client, closes } = connect({ cookie });
    follow(client, runQuery(idOf('TrainingRun')));
    await expect.poll(() => closes, arrived).toMatchObject([{ code: 4401 }]);
  });

  it('takes an API key, until it is revoked', async () => {
    const { key, id } = await server.makeKey('editor');
    const { client, closes } = connect({ key });
    const run = follow(client, runQuery(idOf('TrainingRun')));
    await expect.poll(() => run.seen.length, arrived).toBe(1);
    await server.database.$transaction(async (tx) => {
      await tx.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
      await tell(tx, 'ApiKey', id);
    });
    await expect.poll(() => closes, arrived).toMatchObject([{ code: 4401 }]);
  });

  it('is closed at once where nobody is signed in, or somebody has too many', async () => {
    const stranger = connect({});
    follow(stranger.client, { query: 'subscription { notificationAdded { id } }' });
    await expect
      .poll(() => stranger.closes, arrived)
      .toMatchObject([{ code: 4401, reason: 'Nobody is signed in.' }]);
    const { key } = await server.makeKey('admin');
    const all = Array.from({ length: most.connectionsOfOne + 1 }, () => connect({ key }));
    for (const { client } of all) follow(client, runQuery(idOf('TrainingRun')));
    await expect.poll(() => all.flatMap(({ closes }) => closes), arrived).toMatchObject([{ code: 4429 }]);
  });

  it('holds no more subscriptions than one may have', async () => {
    const { key } = await server.makeKey('owner');
    const { client } = connect({ key });
    const payload = { query: 'subscription { notificationAdded { id } }' };
    const all = Array.from({ length: most.subscriptionsOfOne + 1 }, () => follow(client, payload));
    await expect
      .poll(() => all.flatMap(({ errors }) => errors), arrived)
      .toMatchObject([{ extensions: { code: 'SUBSCRIPTIONS_TOO_MANY' } }]);
  });
});
