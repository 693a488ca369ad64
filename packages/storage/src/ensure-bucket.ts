import type { Client } from 'minio';
import type { Connection } from './connection.ts';
import { codeOf } from './translate-error.ts';

export interface EnsuredBucket {
  readonly created: boolean;
  /** 'set': the bucket now lets these origins in. 'kept by the server': it answers for itself, by its own settings. */
  readonly cors: 'set' | 'kept by the server';
}

/** Creates the bucket where it is missing and lets pages of `origins` use presigned addresses. */
export async function ensureBucket(
  connection: Connection,
  origins: readonly string[],
): Promise<EnsuredBucket> {
  const { bucket, region } = connection.settings;
  return await connection.run(bucket, async (client) => {
    const created = !(await client.bucketExists(bucket));
    if (created) await create(client, bucket, region);
    return {
      created,
      cors: origins.length > 0 ? await allow(client, bucket, origins) : 'kept by the server',
    };
  });
}

async function create(client: Client, bucket: string, region: string): Promise<void> {
  try {
    await client.makeBucket(bucket, region);
  } catch (error) {
    // Another process was faster.
    if (!['BucketAlreadyOwnedByYou', 'BucketAlreadyExists'].includes(codeOf(error))) throw error;
  }
}

/** The client has no call for it, but signs whatever it is given. */
async function allow(
  client: Client,
  bucket: string,
  origins: readonly string[],
): Promise<EnsuredBucket['cors']> {
  const body = Buffer.from(corsXml(origins));
  const { createHash } = await import('node:crypto');
  const headers = { 'content-md5': createHash('md5').update(body).digest('base64') };
  try {
    await client.makeRequestAsyncOmit(
      { method: 'PUT', bucketName: bucket, query: 'cors', headers },
      body,
      [200, 204],
    );
    return 'set';
  } catch (error) {
    if (['NotImplemented', 'MethodNotAllowed'].includes(codeOf(error))) return 'kept by the server';
    throw error;
  }
}

function corsXml(origins: readonly string[]): string {
  const list = (name: string, values: readonly string[]) =>
    values.map((value) => `<${name}>${escaped(value)}</${name}>`).join('');
  return (
    `<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule>${list('AllowedOrigin', origins)}` +
    `${list('AllowedMethod', ['GET', 'HEAD', 'PUT'])}<AllowedHeader>*</AllowedHeader>` +
    `${list('ExposeHeader', ['ETag', 'Content-Range', 'Accept-Ranges', 'Content-Length', 'x-amz-meta-sha256'])}` +
    '<MaxAgeSeconds>3600</MaxAgeSeconds></CORSRule></CORSConfiguration>'
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
