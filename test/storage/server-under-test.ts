import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { startObjectStore } from '@cellmixer/local-server/object-store';
import { openStorage, type Storage, type StorageSettings } from '@cellmixer/storage';
import { Client } from 'minio';

/** The origin whose pages must be let in. */
export const portalOrigin = 'http://portal.test:4800';

/** An S3 server with a bucket of its own for one test file: the embedded one, or the one that S3_ENDPOINT names. */
export interface ServerUnderTest extends AsyncDisposable {
  readonly settings: StorageSettings;
  readonly storage: Storage;
  readonly minio: Client;
  readonly aws: S3Client;
  /** The bucket's address. */
  readonly bucketUrl: string;
}

/** versitygw 1.8.0 writes names in listings as they are though it is asked to encode them, and clients decode them. */
export const encodesListings = process.env.S3_SERVER !== 'versitygw';

let count = 0;

export async function startServerUnderTest(): Promise<ServerUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'object-store-'));
  const { endpoint, stop, accessKey, secretKey, region } = await start(folder);
  count += 1;
  // A server that is kept between runs must not show us the objects of an earlier one.
  const bucket = `contract-${process.pid}-${Date.now().toString(36)}-${count}`;
  const settings = { endpoint, publicEndpoint: endpoint, region, bucket, accessKey, secretKey };
  const storage = openStorage(settings);
  await storage.ensureBucket([portalOrigin]);
  const url = new URL(endpoint);
  const aws = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
  });
  return {
    settings,
    storage,
    minio: minioClient(settings, secretKey),
    aws,
    bucketUrl: `${url.origin}/${bucket}`,
    async [Symbol.asyncDispose]() {
      aws.destroy();
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The client that everybody uses, as it comes. */
export function minioClient(settings: StorageSettings, secretKey: string): Client {
  const url = new URL(settings.endpoint);
  return new Client({
    endPoint: url.hostname,
    port: Number(url.port),
    useSSL: url.protocol === 'https:',
    accessKey: settings.accessKey,
    secretKey,
    region: settings.region,
    pathStyle: true,
  });
}

async function start(folder: string) {
  const { S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY, S3_REGION } = process.env;
  if (S3_ENDPOINT !== undefined) {
    return {
      endpoint: S3_ENDPOINT,
      accessKey: S3_ACCESS_KEY ?? '',
      secretKey: S3_SECRET_KEY ?? '',
      region: S3_REGION ?? 'us-east-1',
      stop: async () => {},
    };
  }
  const account = { accessKey: 'test-access', secretKey: 'test-secret-of-the-suite', region: 'us-east-1' };
  const store = await startObjectStore({
    folder,
    host: '127.0.0.1',
    port: 0,
    allowedOrigins: [portalOrigin],
    ...account,
  });
  return { endpoint: store.endpoint, stop: () => store.stop(), ...account };
}
