import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { CellMixerError } from '@cellmixer/errors';
import type { Client as MinioClient } from 'minio';
import { withRetries } from './retries.ts';
import type { StorageSettings } from './settings.ts';
import { translate } from './translate-error.ts';

/** The client, with the one thing of it that is not for everybody. */
interface Client extends MinioClient {
  partsOf(
    bucket: string,
    key: string,
    uploadId: string,
  ): Promise<readonly { readonly part: number; readonly size: number; readonly etag: string }[]>;
}

/** A bucket with the means to reach it. The client's module is loaded when it is first used. */
export interface Connection {
  readonly settings: StorageSettings;
  client(): Promise<Client>;
  /** Signs addresses as others reach the store; sends nothing. */
  publicClient(): Promise<Client>;
  /** Runs repeatable work with retries; what fails is told with `subject`. */
  run<Result>(subject: string, work: (client: Client) => Promise<Result>): Promise<Result>;
}

/** A store that says nothing for that long is treated as gone. Putting many gigabytes of parts together takes minutes. */
const silenceMs = 600_000;
const agentOptions = { keepAlive: true, timeout: silenceMs };

/** Throws INVALID_ARGUMENT where an endpoint is not the address of a server. */
export function connect(settings: StorageSettings): Connection {
  const endpoint = readEndpoint('endpoint', settings.endpoint);
  const publicEndpoint = readEndpoint('publicEndpoint', settings.publicEndpoint);
  const client = once(() => createClient(endpoint, settings));
  const publicClient = once(() => createClient(publicEndpoint, settings));
  return {
    settings,
    client,
    publicClient,
    async run(subject, work) {
      try {
        const connected = await client();
        return await withRetries(() => work(connected));
      } catch (error) {
        throw translate(error, subject, settings.bucket);
      }
    },
  };
}

async function createClient(endpoint: URL, settings: StorageSettings): Promise<Client> {
  const { Client } = await import('minio');
  const secure = endpoint.protocol === 'https:';
  class PartsClient extends Client {
    partsOf(bucket: string, key: string, uploadId: string) {
      return this.listParts(bucket, key, uploadId);
    }
  }
  return new PartsClient({
    endPoint: endpoint.hostname.replace(/^\[|\]$/g, ''),
    port: portOf(endpoint),
    useSSL: secure,
    accessKey: settings.accessKey,
    secretKey: settings.secretKey,
    region: settings.region,
    pathStyle: true,
    // Its own retries would print; ours are in retries.ts.
    retryOptions: { disableRetry: true },
    transportAgent: endSilentConnections(secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions)),
  });
}

/** Gives up on a connection on which nothing moves; neither Node nor the client does so by itself. */
function endSilentConnections<Agent extends HttpAgent>(agent: Agent): Agent {
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const connection = create(options, callback);
    connection?.on('timeout', () => end(connection));
    return connection;
  };
  return agent;
}

function end(connection: Duplex): void {
  const error = Object.assign(new Error(`the store was silent for ${silenceMs / 1000} s`), {
    code: 'ETIMEDOUT',
  });
  connection.destroy(error);
}

function portOf(endpoint: URL): number {
  if (endpoint.port !== '') return Number(endpoint.port);
  return endpoint.protocol === 'https:' ? 443 : 80;
}

function readEndpoint(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    url === null ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search !== '' ||
    url.username !== ''
  ) {
    throw new CellMixerError('INVALID_ARGUMENT', `${name} "${text}" is not the address of an S3 server`, {
      subject: name,
      cure: 'Give protocol, host and port alone, for example http://127.0.0.1:9000',
    });
  }
  return url;
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
