import type { FileHandle } from 'node:fs/promises';
import { recordBytes, type StoredRecord } from './stored-file.ts';

/** Bytes that are gathered before they are written: a small object reaches the disk in one go, with its record. */
const gathered = 512 * 1024;

/** A file that nobody sees yet: bytes are appended to it, then it is finished with its record. */
export class NewFile {
  readonly path: string;
  readonly #file: FileHandle;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #position = 0;

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.path = path;
  }

  /** Takes a piece. @returns whether it is kept in memory as it is, so that it must not be written to any more */
  async append(piece: Uint8Array): Promise<boolean> {
    this.#waiting.push(piece);
    this.#waitingBytes += piece.length;
    if (this.#waitingBytes <= gathered) return true;
    await this.#write();
    return false;
  }

  /** Ends the file with its record; it is on the disk when this returns. */
  async finish(record: StoredRecord): Promise<void> {
    this.#waiting.push(recordBytes(record));
    await this.#write();
    await this.#file.sync();
  }

  async #write(): Promise<void> {
    let pieces = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    while (pieces.length > 0) {
      const { bytesWritten } = await this.#file.writev(pieces, this.#position);
      this.#position += bytesWritten;
      pieces = dropBytes(pieces, bytesWritten);
    }
  }
}

/** A write may stop early, e.g. at a quota; the next one then tells why. */
function dropBytes(pieces: readonly Uint8Array[], count: number): Uint8Array[] {
  let left = count;
  return pieces.flatMap((piece) => {
    const gone = Math.min(left, piece.length);
    left -= gone;
    return gone === piece.length ? [] : [piece.subarray(gone)];
  });
}
