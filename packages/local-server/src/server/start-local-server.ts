import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '@cellmixer/environment';
import { CellMixerError } from '@cellmixer/errors';
import { type FrontDoor, startFrontDoor } from '../front-door/start-front-door.ts';
import { objectStoreProcess } from '../object-store/object-store-process.ts';
import { postgresService } from '../postgres/postgres-service.ts';
import { claimPort, type PortClaim } from '../processes/claim-port.ts';
import { endGroup } from '../processes/end-process.ts';
import { holdFolder } from '../processes/hold-folder.ts';
import { markProcess } from '../processes/process-mark.ts';
import type { ReadyWord } from '../processes/ready-word.ts';
import { Service, type ServiceDefinition } from '../processes/service.ts';
import { LogFile } from './log-file.ts';
import { launchNode, WORKER_FLAGS } from './node-service.ts';
import { runToEnd } from './run-to-end.ts';
import { StateFile } from './state-file.ts';

export interface LocalServerOptions {
  readonly environment: Environment;
  /** All variables, ours and others': what the children inherit. */
  readonly variables: NodeJS.ProcessEnv;
  /** The repository: `apps/<name>/src/main.ts`, and what relative folders are relative to. */
  readonly root: string;
  /** Takes short lines for the person at the terminal. */
  readonly say: (line: string) => void;
  /** Gives the start up: what has begun is ended, and the start rejects. */
  readonly signal?: AbortSignal;
}

export interface LocalServer {
  /** Where people reach it. */
  readonly url: string;
  /** The one-time address for the first account, while there is none. */
  readonly firstAccountUrl: string | null;
  readonly logFile: string;
  /** Ends everything in reverse order; what does not end in order within its time is made to. */
  stop(): Promise<void>;
  /** Ends everything at once. */
  kill(): void;
}

/** The ports that are tried first; the next free one is taken instead of a taken one. */
const PORTS = {
  frontDoor: 4800,
  bucket: 4820,
  postgres: 4840,
  api: 4860,
  inference: 4880,
  web: 4900,
} as const;

/** What only the API and the workers may know: the portal speaks with the API as the person who asks, and with nobody else. */
const NOT_FOR_THE_PORTAL = [
  'DATABASE_URL',
  'S3_ENDPOINT',
  'S3_ACCESS_KEY',
  'S3_SECRET_KEY',
  'AUTH_SECRET',
  'INFERENCE_TOKEN',
];

/**
 * Starts all that is not given from outside: database, bucket, migrations, inference, API, worker, and the front
 * door before them. Watches them and starts again what crashes.
 *
 * @throws CellMixerError SERVER_RUNNING where another server has the data folder or the port; SERVICE_FAILED with the
 * last lines of the part that cannot start. Nothing is left running then.
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { environment, root, say } = options;
  const folder = resolve(root, environment.DATA_DIR);
  mkdirSync(folder, { recursive: true });
  const hold = await holdFolder(folder);
  const file = new StateFile(folder);
  if (hold === null) throw alreadyRunning(folder, file);
  for (const stale of [...file.state.processes].reverse()) {
    // PostgreSQL is looked after by its own start, which knows its clients' ways.
    if (stale.name !== 'postgres') await endGroup(stale, 10);
  }
  const log = new LogFile(folder);
  const services: Service[] = [];
  const claims: { release(): Promise<void> }[] = [];
  let frontDoor: FrontDoor | null = null;

  const stop = async () => {
    for (const service of [...services].reverse()) await service.stop();
    await frontDoor?.stop();
    file.change({ supervisor: null, processes: [] });
    log.close();
    await Promise.all(claims.map((claim) => claim.release()));
    await hold.release();
  };

  const giveUp = () => void Promise.all(services.map((service) => service.stop()));
  options.signal?.addEventListener('abort', giveUp);
  try {
    file.change({ supervisor: markProcess(process.pid), processes: [] });
    const portOf = async (name: keyof typeof PORTS, host = '127.0.0.1') => {
      const claim: PortClaim = await claimPort(file.state.ports[name] ?? PORTS[name], host);
      claims.push(claim);
      file.change({ ports: { ...file.state.ports, [name]: claim.port } });
      return claim.port;
    };
    const start = async (definition: ServiceDefinition): Promise<ReadyWord> => {
      const service = new Service(definition, (event) => {
        if (event.kind === 'line') log.write(definition.name, event.text);
        else log.write('supervisor', `${definition.name} ${event.kind === 'ended' ? event.how : event.kind}`);
        if (event.kind === 'started') {
          const mark = markProcess(event.pid);
          const others = file.state.processes.filter(({ name }) => name !== definition.name);
          if (mark !== null) file.change({ processes: [...others, { name: definition.name, ...mark }] });
        }
        if (event.kind === 'ended' && event.restartMilliseconds !== null) {
          say(`${definition.name} ${event.how}; it starts again in ${event.restartMilliseconds / 1000} s`);
        }
      });
      options.signal?.throwIfAborted();
      services.push(service);
      const word = await service.start();
      say(`${definition.name} is ready`);
      return word;
    };
    const isReady = (name: string) => services.find((service) => service.name === name)?.ready != null;

    // The front door first: it says "starting" until the API is there.
    const port = environment.PORT ?? (await portOf('frontDoor', environment.HOST));
    const url = environment.PUBLIC_URL ?? `http://127.0.0.1:${port}`;
    const apiPort = await portOf('api');
    const apiUrl = `http://127.0.0.1:${apiPort}`;
    const upstream = () => (isReady('api') ? apiUrl : null);
    const appMain = (name: string) => join(root, 'apps', name, 'src', 'main.ts');
    const portalServer = join(root, 'apps', 'web', '.next', 'standalone', 'apps', 'web', 'server.js');
    const isPortalBuilt = existsSync(portalServer);
    if (existsSync(appMain('web')) && !isPortalBuilt) {
      say('The portal is not built (`npm start` builds it): only the API answers');
    }
    const webPort = isPortalBuilt ? await portOf('web') : null;
    const portal = () => (isReady('web') && isReady('api') ? `http://127.0.0.1:${webPort}` : null);
    frontDoor = await startFrontDoor({
      host: environment.HOST,
      port,
      publicUrl: url,
      routes: [
        ...['/graphql', '/api'].map((prefix) => ({ prefix, upstream })),
        ...(isPortalBuilt ? [{ prefix: '/', upstream: portal }] : []),
      ],
      onError: (words) => log.write('front-door', words),
    });
    file.change({ url });

    const { secrets } = file.state;
    const variables: NodeJS.ProcessEnv = {
      ...options.variables,
      DATA_DIR: folder,
      PUBLIC_URL: url,
      HOST: '127.0.0.1',
      S3_REGION: environment.S3_REGION,
      S3_BUCKET: environment.S3_BUCKET,
      AUTH_SECRET: environment.AUTH_SECRET ?? secrets.AUTH_SECRET,
    };

    // Side by side: neither needs the other.
    const startDatabase = async () => {
      if (environment.DATABASE_URL === undefined) {
        const postgres = postgresService(
          join(folder, 'postgres'),
          file.state.ports.postgres ?? PORTS.postgres,
        );
        claims.push(postgres);
        await start(postgres.definition);
        variables.DATABASE_URL = postgres.url();
        file.change({ ports: { ...file.state.ports, postgres: Number(new URL(postgres.url()).port) } });
      }
      const migrations = join(root, 'packages', 'database', 'src', 'migrations', 'main.ts');
      if (existsSync(migrations)) {
        await runToEnd('migrations', launchNode(migrations, variables, root), (line) =>
          log.write('migrations', line),
        );
      }
    };
    const startBucket = async () => {
      if (environment.S3_ENDPOINT !== undefined) return;
      const bucketPort = await portOf('bucket', environment.HOST);
      Object.assign(variables, {
        S3_ENDPOINT: `http://127.0.0.1:${bucketPort}`,
        S3_PUBLIC_ENDPOINT: environment.S3_PUBLIC_ENDPOINT ?? `http://${new URL(url).hostname}:${bucketPort}`,
        S3_ACCESS_KEY: environment.S3_ACCESS_KEY ?? secrets.S3_ACCESS_KEY,
        S3_SECRET_KEY: environment.S3_SECRET_KEY ?? secrets.S3_SECRET_KEY,
      });
      const own = {
        ...variables,
        OBJECT_STORE_FOLDER: join(folder, 'objects'),
        OBJECT_STORE_HOST: environment.HOST,
        OBJECT_STORE_PORT: String(bucketPort),
        OBJECT_STORE_ORIGINS: url,
      };
      await start({
        name: 'bucket',
        launch: async () => launchNode(objectStoreProcess.file, own, root, objectStoreProcess.nodeFlags),
      });
    };
    await all([startBucket(), startDatabase()]);

    const forThePortal: NodeJS.ProcessEnv = {
      ...variables,
      API_URL: apiUrl,
      PORT: String(webPort),
      S3_PUBLIC_ENDPOINT: variables.S3_PUBLIC_ENDPOINT ?? variables.S3_ENDPOINT,
    };
    for (const name of NOT_FOR_THE_PORTAL) delete forThePortal[name];

    const hasInference = environment.INFERENCE_URL === undefined && existsSync(appMain('inference'));
    const inferencePort = hasInference ? await portOf('inference') : null;
    if (inferencePort !== null) {
      variables.INFERENCE_URL = `http://127.0.0.1:${inferencePort}`;
      variables.INFERENCE_TOKEN = environment.INFERENCE_TOKEN ?? secrets.INFERENCE_TOKEN;
    }
    const startApp = async (
      name: string,
      own: NodeJS.ProcessEnv,
      flags?: readonly string[],
    ): Promise<ReadyWord | null> =>
      existsSync(appMain(name))
        ? start({ name, launch: async () => launchNode(appMain(name), own, root, flags) })
        : null;
    const { PORT: _, ...forWorkers } = variables;
    // Side by side: what one needs of another, it asks for when it has work. The longest first.
    const [api] = await all([
      startApp('api', { ...variables, PORT: String(apiPort) }),
      startApp('worker', forWorkers, WORKER_FLAGS),
      webPort === null ? null : startApp('web', forThePortal),
      inferencePort === null
        ? null
        : startApp('inference', {
            ...variables,
            INFERENCE_HOST: '127.0.0.1',
            PORT: String(inferencePort),
          }),
    ]);
    const firstAccountToken = api?.firstAccountToken;
    const token = firstAccountToken === undefined ? null : encodeURIComponent(firstAccountToken);
    return {
      url,
      firstAccountUrl: token === null ? null : `${url}/first-account?token=${token}`,
      logFile: log.path,
      stop,
      kill() {
        for (const service of services) service.kill();
      },
    };
  } catch (error) {
    await stop();
    if (options.signal?.aborted)
      throw new CellMixerError('CANCELLED', 'the start was given up', { cause: error });
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', giveUp);
  }
}

/** Waits for things that go on at once. The first failure is thrown when all have ended: nothing begins after it. */
async function all<const Works extends readonly unknown[]>(works: Works) {
  const settled = await Promise.allSettled(works);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return Promise.all(works);
}

function alreadyRunning(folder: string, file: StateFile): CellMixerError {
  const { supervisor, url } = file.state;
  const who = supervisor === null ? '' : ` (process ${supervisor.pid}, ${url || 'still starting'})`;
  return new CellMixerError('SERVER_RUNNING', `a server already runs on "${folder}"${who}`, {
    subject: folder,
    cure: 'Use that one or stop it, or set DATA_DIR to another folder for a second one.',
  });
}
