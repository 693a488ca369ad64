import { createCipheriv } from 'node:crypto';

/** Bytes that look random and are the same each time: a key stream. */
export function deterministicBytes(length: number): Buffer {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16));
  return cipher.update(Buffer.alloc(length));
}
