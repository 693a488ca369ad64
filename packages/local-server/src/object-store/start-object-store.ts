import { createServer, type Server } from 'node:http';
import { CellMixerError } from '@cellmixer/errors';
import { ObjectFolder } from './disk/object-folder.ts';
import { isCode } from './disk/sync-folder.ts';
import { handleRequest, type Service } from './http/handle-request.ts';
import { sweepHourly } from './sweep.ts';

export interface ObjectStoreSettings {
  /** Where everything is kept; made if it is not there. One server at a time. */
  readonly folder: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
  /** Origins whose pages may use presigned addresses, for example `https://portal.lab.example`. */
  readonly allowedOrigins: readonly string[];
  /** Told of damaged files and failed requests. */
  readonly onFault?: (message: string, error: unknown) => void;
  /** Milliseconds since 1970; the machine's clock if it is not given. */
  readonly now?: () => number;
}

export interface ObjectStore {
  /** For example http://127.0.0.1:9000 */
  readonly endpoint: string;
  /** Takes no more requests and ends when those under way are answered, or after ten seconds. */
  stop(): Promise<void>;
}

const largestHead = 16 * 1024;
const idleMs = 120_000;
const stopMs = 10_000;

/**
 * Starts an S3 server over a folder, for one machine: what `@cellmixer/storage` and the usual S3 clients call,
 * path-style, one account, Signature Version 4. Throws INVALID_ARGUMENT where the port is taken or the folder
 * cannot be written.
 */
export async function startObjectStore(settings: ObjectStoreSettings): Promise<ObjectStore> {
  const { accessKey, secretKey, region, allowedOrigins, now = Date.now, onFault = () => {} } = settings;
  const store = await openFolder(settings, onFault);
  const stopSweeping = await sweepHourly(store, now, onFault);
  const account = { accessKey, secretKey, region };
  const server = createHttpServer({ store, account, allowedOrigins, now, onFault });
  const port = await listen(server, settings);
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  return {
    endpoint: `http://${host}:${port}`,
    stop: async () => {
      stopSweeping();
      await close(server);
    },
  };
}

function createHttpServer(service: Service): Server {
  const server = createServer({
    maxHeaderSize: largestHead,
    // A large upload may take hours; a silent connection is ended by its own limit.
    requestTimeout: 0,
    headersTimeout: 30_000,
    keepAliveTimeout: 60_000,
  });
  server.timeout = idleMs;
  server.on('request', (request, response) => handleRequest(service, request, response, false));
  server.on('checkContinue', (request, response) => handleRequest(service, request, response, true));
  return server;
}

async function openFolder(
  { folder }: ObjectStoreSettings,
  onFault: (message: string, error: unknown) => void,
): Promise<ObjectFolder> {
  try {
    return await ObjectFolder.open(folder, (path, error) => onFault(`"${path}" is damaged`, error));
  } catch (cause) {
    throw new CellMixerError('INVALID_ARGUMENT', `"${folder}": the object store cannot use this folder`, {
      subject: folder,
      cure: 'Give a folder on a local disk that the server may write to.',
      cause,
    });
  }
}

async function listen(server: Server, { host, port }: ObjectStoreSettings): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    const why = isCode(cause, 'EADDRINUSE') ? 'the port is taken' : 'the address cannot be used';
    throw new CellMixerError('INVALID_ARGUMENT', `${host}:${port}: ${why}`, {
      subject: `${host}:${port}`,
      cure: 'End what uses the port, or choose another one.',
      cause,
    });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

async function close(server: Server): Promise<void> {
  const late = setTimeout(() => server.closeAllConnections(), stopMs);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(late);
}
