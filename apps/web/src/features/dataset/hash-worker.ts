import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { HashAnswer, HashRequest } from './hash-messages.ts';

/** Bytes read at a time. */
const PIECE = 4 * 2 ** 20;

/** One after the other: no more than a piece of a file is in memory. */
let last: Promise<void> = Promise.resolve();

addEventListener('message', ({ data: request }: MessageEvent<HashRequest>) => {
  last = last.then(() => answer(request));
});

async function answer({ id, by, bytes }: HashRequest): Promise<void> {
  const say = (words: HashAnswer) => postMessage(words);
  try {
    say({ id, hash: bytesToHex(await hash(by, bytes)), problem: '' });
  } catch (error) {
    say({ id, hash: null, problem: error instanceof Error ? error.message : String(error) });
  }
}

async function hash(by: HashRequest['by'], bytes: Blob): Promise<Uint8Array> {
  // The browser's own is faster; it takes no pieces, and is missing over plain HTTP.
  if (by === 'sha256' && bytes.size <= PIECE && globalThis.crypto.subtle !== undefined)
    return new Uint8Array(await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer()));
  const found = (by === 'md5' ? md5 : sha256).create();
  for (let from = 0; from < bytes.size; from += PIECE)
    found.update(new Uint8Array(await bytes.slice(from, from + PIECE).arrayBuffer()));
  return found.digest();
}
