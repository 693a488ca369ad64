import type { FileHandle } from 'node:fs/promises';

const bufferBytes = 256 * 1024;

/**
 * Copies `size` bytes from the beginning of one file to a place in another and hands each piece to `seen`. Throws
 * where the source ends early.
 */
export async function copyBytes(
  from: FileHandle,
  to: FileHandle,
  size: number,
  position: number,
  seen: (piece: Buffer) => void,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(bufferBytes, Math.max(size, 1)));
  let done = 0;
  while (done < size) {
    const { bytesRead } = await from.read(buffer, 0, Math.min(buffer.length, size - done), done);
    if (bytesRead === 0) throw new Error('a stored object is shorter than its record says');
    const piece = buffer.subarray(0, bytesRead);
    seen(piece);
    let written = 0;
    while (written < bytesRead) {
      const { bytesWritten } = await to.write(piece, written, bytesRead - written, position + done + written);
      written += bytesWritten;
    }
    done += bytesRead;
  }
}
