import type { IncomingMessage } from 'node:http';
import type { Query } from '../protocol/request-target.ts';
import { S3Error, type S3ErrorCode } from '../protocol/s3-error.ts';
import type { CredentialScope } from './signing-key.ts';

/** What a request says about its signature, by header or in its address. */
export interface Credentials {
  readonly by: 'header' | 'query';
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  /** As sent: 20260131T120000Z. */
  readonly date: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Seconds that a presigned address holds; null by header. */
  readonly expires: number | null;
}

const longestExpiry = 7 * 24 * 60 * 60;

/** Reads, but does not verify. Throws AccessDenied where there is no signature at all. */
export function readCredentials(request: IncomingMessage, query: Query): Credentials {
  const { authorization } = request.headers;
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')) {
    if (authorization !== undefined) {
      throw new S3Error('InvalidArgument', 'The request is signed twice: in its address and by header');
    }
    return fromQuery(query);
  }
  if (authorization === undefined) throw new S3Error('AccessDenied', 'The request is not signed');
  return fromHeader(authorization, request);
}

function fromHeader(authorization: string, request: IncomingMessage): Credentials {
  const code = 'AuthorizationHeaderMalformed';
  const match =
    /^AWS4-HMAC-SHA256 +Credential=([^, ]+), *SignedHeaders=([^, ]+), *Signature=([0-9a-f]{64})$/.exec(
      authorization.trim(),
    );
  if (match === null) throw new S3Error(code, 'Only AWS4-HMAC-SHA256 is understood');
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  const date = request.headers['x-amz-date'];
  if (typeof date !== 'string') throw new S3Error('AccessDenied', 'The header x-amz-date is missing');
  return { by: 'header', signature, expires: null, ...checked(code, credential, signedHeaders, date) };
}

function fromQuery(query: Query): Credentials {
  const code = 'AuthorizationQueryParametersError';
  const value = (name: string) => {
    const text = query.get(name);
    if (text === undefined) throw new S3Error(code, `The address lacks ${name}`);
    return text;
  };
  if (value('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256') {
    throw new S3Error(code, 'Only AWS4-HMAC-SHA256 is understood');
  }
  const seconds = value('X-Amz-Expires');
  const expires = Number(seconds);
  if (!/^\d{1,6}$/.test(seconds) || expires < 1 || expires > longestExpiry) {
    throw new S3Error(code, `X-Amz-Expires must be 1 to ${longestExpiry} seconds`);
  }
  return {
    by: 'query',
    signature: value('X-Amz-Signature'),
    expires,
    ...checked(code, value('X-Amz-Credential'), value('X-Amz-SignedHeaders'), value('X-Amz-Date')),
  };
}

function checked(
  code: S3ErrorCode,
  credential: string,
  headers: string,
  date: string,
): Pick<Credentials, 'scope' | 'signedHeaders' | 'date' | 'time'> {
  const parts = credential.split('/');
  const [accessKey = '', day = '', region = '', service, end] = parts;
  if (parts.length !== 5 || service !== 's3' || end !== 'aws4_request') {
    throw new S3Error(code, 'The credential must be <access key>/<day>/<region>/s3/aws4_request');
  }
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!/^\d{8}T\d{6}Z$/.test(date) || Number.isNaN(time) || date.slice(0, 8) !== day) {
    throw new S3Error(code, 'The date must be of the form yyyymmddThhmmssZ and of the day in the credential');
  }
  const signedHeaders = headers.split(';');
  if (!signedHeaders.includes('host')) throw new S3Error(code, 'The header host must be signed');
  return { scope: { accessKey, day, region }, signedHeaders, date, time };
}
