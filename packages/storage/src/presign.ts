import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import type { Connection } from './connection.ts';
import type { ObjectKey } from './object-key.ts';

/** A request that somebody else may send, exactly so, until it expires. */
export interface Ticket {
  readonly method: 'PUT';
  readonly url: string;
  /** To be sent as they are. Content-Length is signed too; browsers set it from the body themselves. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes that the body must have. */
  readonly size: number;
  readonly expires: Date;
}

export interface TicketRequest {
  readonly key: ObjectKey;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly size: number;
  readonly expiresSeconds: number;
}

/**
 * Signs a PUT to the public endpoint with all of its headers and the length of its body, which the `minio` client
 * cannot do. The module is loaded when the first ticket is asked for.
 */
export async function signTicket({ settings }: Connection, request: TicketRequest): Promise<Ticket> {
  const { S3RequestPresigner } = await import('@aws-sdk/s3-request-presigner');
  const endpoint = new URL(settings.publicEndpoint);
  const presigner = new S3RequestPresigner({
    region: settings.region,
    credentials: { accessKeyId: settings.accessKey, secretAccessKey: settings.secretKey },
    sha256: Sha256,
  });
  const bound = { ...request.headers, 'content-length': String(request.size) };
  const now = new Date();
  const signed = await presigner.presign(
    {
      method: 'PUT',
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      ...(endpoint.port === '' ? {} : { port: Number(endpoint.port) }),
      path: `/${settings.bucket}/${encodePath(request.key)}`,
      query: { ...request.query },
      headers: { host: endpoint.host, ...bound },
    },
    {
      expiresIn: request.expiresSeconds,
      signingDate: now,
      // Named in both, each header is signed and stays a header.
      signableHeaders: new Set(['host', ...Object.keys(bound)]),
      unhoistableHeaders: new Set(Object.keys(bound)),
    },
  );
  return {
    method: 'PUT',
    url: `${endpoint.origin}${signed.path}?${writeQuery(signed.query ?? {})}`,
    headers: request.headers,
    size: request.size,
    expires: new Date(now.getTime() + request.expiresSeconds * 1000),
  };
}

function writeQuery(query: Readonly<Record<string, string | string[] | null>>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encode(name)}=${encode(String(value ?? ''))}`)
    .join('&');
}

function encodePath(path: string): string {
  return path.split('/').map(encode).join('/');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

type Source = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 and its HMAC in the shape that the signer asks for. */
class Sha256 {
  readonly #secret: Buffer | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: Source) {
    this.#secret = secret === undefined ? undefined : toBuffer(secret);
    this.#hash = this.#start();
  }

  update(data: Source): void {
    this.#hash.update(toBuffer(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    this.#hash = this.#start();
  }

  #start(): Hash | Hmac {
    return this.#secret === undefined ? createHash('sha256') : createHmac('sha256', this.#secret);
  }
}

function toBuffer(data: Source): Buffer {
  if (typeof data === 'string') return Buffer.from(data);
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.from(data);
}
