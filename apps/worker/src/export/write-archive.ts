import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One file of an archive; its bytes are made when its turn comes. */
export interface ArchiveEntry {
  readonly path: string;
  /** Packed already, as PNG is: packing again would only cost time. */
  readonly packed: boolean;
  bytes(): Promise<Uint8Array>;
}

/**
 * Writes a ZIP, one file after the other: memory holds one of them. ZIP64 where size or number demand it.
 *
 * @throws what `bytes` throws, and the signal's reason; the file is then of no use
 */
export async function writeArchive(
  path: string,
  entries: AsyncIterable<ArchiveEntry>,
  signal: AbortSignal,
): Promise<void> {
  const zip = new ZipFile();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const written = pipeline(zip.outputStream, createWriteStream(path), { signal: either });
  try {
    await Promise.race([fill(zip, entries, signal), written]);
    await written;
  } catch (error) {
    stop.abort();
    await written.catch(() => {});
    signal.throwIfAborted();
    throw error;
  }
}

async function fill(zip: ZipFile, entries: AsyncIterable<ArchiveEntry>, signal: AbortSignal): Promise<void> {
  for await (const entry of entries) {
    signal.throwIfAborted();
    const source = Readable.from([await entry.bytes()]);
    zip.addReadStream(source, entry.path, { compress: !entry.packed });
    // The next file is made when this one has been taken.
    await new Promise<void>((resolve, reject) => {
      source.once('close', resolve);
      source.once('error', reject);
    });
  }
  zip.end();
}
