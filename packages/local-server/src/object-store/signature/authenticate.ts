import type { IncomingMessage } from 'node:http';
import type { RequestTarget } from '../protocol/request-target.ts';
import { S3Error } from '../protocol/s3-error.ts';
import { canonicalRequest } from './canonical-request.ts';
import { type Credentials, readCredentials } from './credentials.ts';
import { hmac, sameSignature, scopeText, sha256Hex, signingKey } from './signing-key.ts';

/** Whoever has this pair may do everything. */
export interface Account {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region: string;
}

/** A request whose signature holds. What the chunks of its body are signed with goes along. */
export interface Authentication {
  /** The value of x-amz-content-sha256: a hash, UNSIGNED-PAYLOAD or one of the STREAMING-… forms. */
  readonly payload: string;
  readonly signature: string;
  readonly date: string;
  readonly scope: string;
  readonly key: Buffer;
}

/** A clock may be wrong by that much, as with Amazon. */
const skewMs = 15 * 60 * 1000;

/**
 * Verifies Signature Version 4, by header or presigned. Throws AccessDenied (anonymous, expired, a header that must
 * be signed is not), InvalidAccessKeyId, SignatureDoesNotMatch, RequestTimeTooSkewed and the two "malformed" codes.
 */
export function authenticate(
  request: IncomingMessage,
  target: RequestTarget,
  account: Account,
  now: number,
): Authentication {
  const credentials = readCredentials(request, target.query);
  if (credentials.scope.accessKey !== account.accessKey) {
    throw new S3Error('InvalidAccessKeyId', 'The access key is not known here');
  }
  if (credentials.scope.region !== account.region) {
    throw new S3Error(
      'AuthorizationHeaderMalformed',
      `The region "${credentials.scope.region}" is wrong; expecting "${account.region}"`,
    );
  }
  checkTime(credentials, now);
  const payload = payloadOf(request, target, credentials);
  checkSigned(request, credentials);
  const key = signingKey(account.secretKey, credentials.scope);
  const scope = scopeText(credentials.scope);
  const canonical = canonicalRequest(request, target, credentials.signedHeaders, payload);
  const toSign = ['AWS4-HMAC-SHA256', credentials.date, scope, sha256Hex(canonical)].join('\n');
  if (!sameSignature(hmac(key, toSign).toString('hex'), credentials.signature)) {
    throw new S3Error('SignatureDoesNotMatch', 'The signature does not match the request and the secret key');
  }
  return { payload, signature: credentials.signature, date: credentials.date, scope, key };
}

function checkTime({ time, expires }: Credentials, now: number): void {
  if (expires === null) {
    if (Math.abs(now - time) > skewMs) {
      throw new S3Error(
        'RequestTimeTooSkewed',
        'The clocks of client and server differ by more than 15 minutes',
      );
    }
    return;
  }
  if (time - now > skewMs) throw new S3Error('AccessDenied', 'The address is not valid yet');
  if (now > time + expires * 1000) throw new S3Error('AccessDenied', 'Request has expired');
}

function payloadOf(request: IncomingMessage, target: RequestTarget, credentials: Credentials): string {
  const header = request.headers['x-amz-content-sha256'];
  if (typeof header === 'string') return header;
  if (credentials.by === 'query') return target.query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  throw new S3Error('InvalidRequest', 'The header x-amz-content-sha256 is missing');
}

/** A header that changes what is done must be covered, or a third party could add it to somebody's ticket. */
function checkSigned(request: IncomingMessage, { signedHeaders }: Credentials): void {
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-') && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new S3Error('AccessDenied', `There were headers which were not signed: ${unsigned.join(', ')}`);
  }
}
