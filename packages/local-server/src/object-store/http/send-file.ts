import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import type { ByteRange } from './byte-range.ts';

const bufferBytes = 128 * 1024;

/**
 * Sends a range of a file and ends the answer. One buffer is used again and again: a piece is read when the one
 * before has left, so a large object costs no more memory than a small one.
 */
export async function sendFile(
  file: FileHandle,
  { first, last }: ByteRange,
  response: ServerResponse,
): Promise<void> {
  const buffer = Buffer.allocUnsafeSlow(Math.min(bufferBytes, last - first + 1));
  let place = first;
  while (place <= last) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, last - place + 1), place);
    if (bytesRead === 0) throw new Error('a stored object is shorter than its record says');
    await write(response, buffer.subarray(0, bytesRead));
    place += bytesRead;
  }
  response.end();
  await once(response, 'close');
}

async function write(response: ServerResponse, piece: Buffer): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const gone = () => reject(new Error('the client is gone'));
    if (response.destroyed) return gone();
    response.once('close', gone);
    response.write(piece, (error) => {
      response.off('close', gone);
      if (error) reject(error);
      else resolve();
    });
  });
}
