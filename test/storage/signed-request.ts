import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { StorageSettings } from '@cellmixer/storage';

/** Signs by hand, so that each part of a request can be made wrong on purpose. */
export interface HandSigned {
  readonly method: string;
  /** With a leading slash, encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** x-amz-content-sha256, if it is to be another one than the body's. */
  readonly payload?: string;
  readonly date?: Date;
  readonly accessKey?: string;
  readonly secretKey?: string;
  readonly region?: string;
  /** Added after signing. */
  readonly unsigned?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** The code in the XML of a refusal. */
  readonly code: string;
  readonly text: string;
}

const hex = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** Sends a request with a signature in its header, without a client that would repair it. */
export async function sendSigned(settings: StorageSettings, given: HandSigned): Promise<Answer> {
  const { method, path, body = Buffer.alloc(0), unsigned = {}, region = settings.region } = given;
  const date = (given.date ?? new Date()).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const payload = given.payload ?? hex(body);
  const { host } = new URL(settings.endpoint);
  const headers: Record<string, string> = {
    ...given.headers,
    host,
    'x-amz-date': date,
    'x-amz-content-sha256': payload,
  };
  const names = Object.keys(headers).sort();
  const [pathname = '', query = ''] = path.split('?');
  const canonical = [
    method,
    pathname,
    query.split('&').sort().join('&'),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    payload,
  ].join('\n');
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`;
  let key: Buffer = hmac(`AWS4${given.secretKey ?? settings.secretKey}`, date.slice(0, 8));
  for (const step of [region, 's3', 'aws4_request']) key = hmac(key, step);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, hex(canonical)].join('\n')).toString('hex');
  const credential = `${given.accessKey ?? settings.accessKey}/${scope}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return await send(settings, method, path, { ...headers, authorization, ...unsigned }, body);
}

/** Sends a request as it is, the path untouched. */
export async function send(
  settings: StorageSettings,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Promise<Answer> {
  const { hostname, port } = new URL(settings.endpoint);
  return await new Promise((resolve, reject) => {
    const length = { 'content-length': String(body.length) };
    const sent = request({ hostname, port, method, path, headers: { ...length, ...headers } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString();
        resolve({
          status: response.statusCode ?? 0,
          code: /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? '',
          text,
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
