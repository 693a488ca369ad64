import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { damaged, grouped } from './image-errors.ts';

/** Bytes of a file by offset; every read is checked against its size. */
export interface ByteSource {
  readonly name: string;
  readonly size: number;
  /** `length` bytes at `offset`; not to be written to. Throws IMAGE_UNREADABLE beyond the end. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

/** What can cross to a worker thread: a path, or bytes in shared memory. */
export type SourceLocation = { readonly path: string } | { readonly bytes: Uint8Array };

export function openByteSource(location: SourceLocation, name: string): ByteSource {
  return 'path' in location ? fileSource(location.path, name) : memorySource(location.bytes, name);
}

function memorySource(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    read(offset, length) {
      checkRange(name, bytes.length, offset, length);
      return bytes.subarray(offset, offset + length);
    },
    close() {},
  };
}

function fileSource(path: string, name: string): ByteSource {
  const file = openSync(path, 'r');
  const size = fstatSync(file).size;
  return {
    name,
    size,
    read(offset, length) {
      checkRange(name, size, offset, length);
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length; ) {
        const count = readSync(file, bytes, done, length - done, offset + done);
        if (count === 0) throw damaged(name, `the file ended while it was read, at byte ${offset + done}`);
        done += count;
      }
      return bytes;
    },
    close: () => closeSync(file),
  };
}

function checkRange(name: string, size: number, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= size)) {
    throw damaged(
      name,
      `it refers to bytes ${grouped(offset)} to ${grouped(offset + length)}, but has ${grouped(size)}; probably cut short`,
    );
  }
}
