import type { FileHandle } from 'node:fs/promises';
import type { NewFile } from './new-file.ts';

const bufferBytes = 256 * 1024;

/**
 * Appends `size` bytes from the beginning of one file to another and hands each piece to `seen`. Throws where the
 * source ends early.
 */
export async function copyBytes(
  from: FileHandle,
  to: NewFile,
  size: number,
  seen: (piece: Buffer) => void,
): Promise<void> {
  const next = (done: number) => Buffer.allocUnsafeSlow(Math.min(bufferBytes, size - done));
  let buffer = next(0);
  for (let done = 0; done < size; ) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, size - done), done);
    if (bytesRead === 0) throw new Error('a stored object is shorter than its record says');
    const piece = buffer.subarray(0, bytesRead);
    seen(piece);
    done += bytesRead;
    if (await to.append(piece)) buffer = next(done);
  }
}
