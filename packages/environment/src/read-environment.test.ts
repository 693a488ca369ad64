import { CellMixerError } from '@cellmixer/errors';
import { describe, expect, it } from 'vitest';
import { type EnvironmentSource, readEnvironment } from './read-environment.ts';

const refusal = (source: EnvironmentSource): CellMixerError => {
  try {
    readEnvironment(source);
  } catch (error) {
    if (error instanceof CellMixerError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('readEnvironment', () => {
  it('needs nothing: what is absent has its default or stays open', () => {
    expect(readEnvironment({})).toMatchObject({
      DATA_DIR: '.data/server',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      S3_REGION: 'us-east-1',
      S3_BUCKET: 'cellmixer',
      EXECUTION_PROVIDER: 'auto',
      MODEL_CACHE_MB: 1024,
      WORKER_CONCURRENCY: 2,
    });
    for (const name of ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'S3_ENDPOINT', 'S3_PUBLIC_ENDPOINT'] as const) {
      expect(readEnvironment({})[name]).toBeUndefined();
    }
  });

  it('takes empty text for absent and ignores what is not ours', () => {
    expect(readEnvironment({ PORT: '', HOME: '/root' })).toEqual(readEnvironment({}));
  });

  it('gives numbers as numbers and addresses without a closing slash', () => {
    const read = readEnvironment({ PORT: '8080', PUBLIC_URL: 'https://cells.lab.org/' });
    expect(read.PORT).toBe(8080);
    expect(read.PUBLIC_URL).toBe('https://cells.lab.org');
  });

  it('shows browsers the bucket where this machine sees it, unless told otherwise', () => {
    const keys = { S3_ENDPOINT: 'http://s3:9000', S3_ACCESS_KEY: 'lab', S3_SECRET_KEY: 'lab-secret' };
    expect(readEnvironment(keys).S3_PUBLIC_ENDPOINT).toBe('http://s3:9000');
    const outside = { ...keys, S3_PUBLIC_ENDPOINT: 'https://objects.lab.org' };
    expect(readEnvironment(outside).S3_PUBLIC_ENDPOINT).toBe('https://objects.lab.org');
  });

  it.each([
    ['PORT', '70000', 'whole number from 1 to 65535'],
    ['PORT', '1e3', 'whole number'],
    ['PUBLIC_URL', 'https://lab.org/cells', 'nothing after it'],
    ['PUBLIC_URL', 'ftp://lab.org', 'http(s)://'],
    ['S3_BUCKET', 'My Bucket', '3 to 63'],
    ['EXECUTION_PROVIDER', 'gpu', 'one of auto, cpu, webgpu, cuda'],
    ['LOG_LEVEL', 'loud', 'one of trace'],
  ])('refuses %s=%s by name, value and cure', (name, value, words) => {
    const error = refusal({ [name]: value });
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toContain(`${name} is "${value}"`);
    expect(error.message).toContain(words);
    expect(error.subject).toBe(name);
    expect(error.cure).toContain(name);
  });

  it.each([
    ['AUTH_SECRET', 'hunter2'],
    ['DATABASE_URL', 'mysql://me:hunter2@db/cells'],
    ['S3_SECRET_KEY', 'hunter2'],
    ['INFERENCE_TOKEN', 'hunter2'],
  ])('never repeats the value of %s', (name, value) => {
    const { message, cure } = refusal({ [name]: value });
    expect(message).toContain(name);
    expect(message + cure).not.toContain('hunter2');
  });

  it('wants keys for a bucket of your own', () => {
    expect(refusal({ S3_ENDPOINT: 'http://s3:9000', S3_ACCESS_KEY: 'lab' }).message).toBe(
      'the environment variable S3_SECRET_KEY is not set, but is needed where S3_ENDPOINT is set',
    );
  });
});
