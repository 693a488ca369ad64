import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature is valid for: `20260131/us-east-1/s3/aws4_request`. */
export interface CredentialScope {
  readonly accessKey: string;
  /** yyyymmdd */
  readonly day: string;
  readonly region: string;
}

export function scopeText(scope: CredentialScope): string {
  return `${scope.day}/${scope.region}/s3/aws4_request`;
}

/** The last key that was derived: every request of a day is signed by the same one. */
let last: { readonly of: string; readonly key: Buffer } | null = null;

/** The key of a day, derived as "Create a signed AWS API request" describes it, step 3. */
export function signingKey(secretKey: string, scope: CredentialScope): Buffer {
  const of = JSON.stringify([secretKey, scope.day, scope.region]);
  if (last?.of !== of) last = { of, key: deriveKey(secretKey, scope) };
  return last.key;
}

function deriveKey(secretKey: string, scope: CredentialScope): Buffer {
  let key = hmac(`AWS4${secretKey}`, scope.day);
  for (const part of [scope.region, 's3', 'aws4_request']) key = hmac(key, part);
  return key;
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Compares two signatures in a time that says nothing about where they differ. */
export function sameSignature(computed: string, given: string): boolean {
  const [left, right] = [Buffer.from(computed), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
