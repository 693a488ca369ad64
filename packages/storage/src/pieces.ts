import { Readable } from 'node:stream';

/** S3 takes at most 10,000 parts. */
export const mostParts = 10_000;

const usualPart = 16 * 1024 ** 2;

/** Bytes of all parts but the last: 16 MiB, more where 10,000 of them would not do. */
export function partSizeFor(size: number): number {
  return Math.max(usualPart, Math.ceil(size / mostParts));
}

/** Cuts a body into pieces of `length` bytes and a shorter last one; an empty body has none. */
export async function* piecesOf(body: Uint8Array | Readable, length: number): AsyncGenerator<Buffer> {
  if (!(body instanceof Readable)) {
    for (let from = 0; from < body.length; from += length) {
      const piece = body.subarray(from, from + length);
      yield Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    }
    return;
  }
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    let rest: Buffer = Buffer.from(chunk);
    while (size + rest.length >= length) {
      waiting.push(rest.subarray(0, length - size));
      rest = rest.subarray(length - size);
      yield Buffer.concat(waiting);
      waiting = [];
      size = 0;
    }
    if (rest.length > 0) waiting.push(rest);
    size += rest.length;
  }
  if (size > 0) yield Buffer.concat(waiting);
}
