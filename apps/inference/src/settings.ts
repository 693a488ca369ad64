import { isIP } from 'node:net';
import { resolve } from 'node:path';
import {
  bucketOf,
  demandVariables,
  type Environment,
  type EnvironmentSource,
  readEnvironment,
} from '@cellmixer/environment';
import { CellMixerError } from '@cellmixer/errors';
import type { Provider } from '@cellmixer/nn';
import type { RepositoryPlace } from './models/open-repository.ts';

export interface Settings {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly token: string | undefined;
  readonly repository: RepositoryPlace;
  readonly provider: Provider;
  /** Bytes of memory for open models. */
  readonly cacheBytes: number;
  readonly logLevel: string;
  readonly limits: Limits;
}

export interface Limits {
  /** Cores that predict; all by default. */
  readonly threads: number | undefined;
  /** Requests inside at the same time, waiting or running. */
  readonly requests: number;
  /** Bytes of the bodies of all requests inside. */
  readonly bytes: number;
  /** Pixels of one request, over all its pictures. */
  readonly pixels: number;
  /** Pictures that run together at most. */
  readonly batch: number;
  /** How long a request may take, ms. */
  readonly deadlineMs: number;
  /** How long requests inside may take to end when the service stops, ms. */
  readonly drainMs: number;
}

export const defaultLimits: Limits = {
  threads: undefined,
  requests: 256,
  bytes: 512 * 2 ** 20,
  pixels: 4096 * 4096,
  batch: 8,
  deadlineMs: 60_000,
  drainMs: 10_000,
};

const defaultPort = 4810;

/** @throws INVALID_ARGUMENT that names the variable */
export function readSettings(source: EnvironmentSource): Settings {
  const environment = readEnvironment(source);
  const settings: Settings = {
    host: environment.INFERENCE_HOST,
    port: environment.PORT ?? defaultPort,
    token: environment.INFERENCE_TOKEN,
    repository: placeOf(environment),
    provider: environment.EXECUTION_PROVIDER,
    cacheBytes: environment.MODEL_CACHE_MB * 2 ** 20,
    logLevel: environment.LOG_LEVEL,
    limits: defaultLimits,
  };
  requireTokenOutside(settings);
  return settings;
}

/** A folder where one is named, else the bucket. */
function placeOf(environment: Environment): RepositoryPlace {
  const { MODEL_REPOSITORY } = environment;
  if (MODEL_REPOSITORY !== undefined) return { kind: 'folder', folder: resolve(MODEL_REPOSITORY) };
  const needed = ['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'] as const;
  const set = demandVariables(environment, needed, 'the model server, which has no MODEL_REPOSITORY,');
  return { kind: 'bucket', bucket: bucketOf(set) };
}

/** Without a token anybody who reaches the port can use the models and unload them. */
export function requireTokenOutside({ host, token }: Pick<Settings, 'host' | 'token'>): void {
  if (token !== undefined || isLoopback(host)) return;
  throw new CellMixerError('INVALID_ARGUMENT', `the model server would listen on ${host} without a token`, {
    subject: 'INFERENCE_TOKEN',
    cure: 'Set INFERENCE_TOKEN, or leave INFERENCE_HOST at 127.0.0.1.',
  });
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
