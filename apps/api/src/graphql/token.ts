import { createHash, randomBytes } from 'node:crypto';

/** A secret for a link or a key: shown once, kept as its hash. */
export interface Token {
  readonly secret: string;
  readonly hash: string;
}

/** @param prefix tells people and scanners what the secret is for, such as `cmk_` */
export function createToken(prefix = ''): Token {
  const secret = prefix + randomBytes(24).toString('base64url');
  return { secret, hash: hashToken(secret) };
}

/** SHA-256, hexadecimal: enough for 192 random bits, which nobody can guess through. */
export function hashToken(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
