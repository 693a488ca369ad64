import { S3Error } from '../protocol/s3-error.ts';

/** Reads lines and counted bytes from a stream of buffers, without ever keeping more than one of them and a line. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its CR LF. Throws InvalidRequest where it is longer than `limit` bytes. */
  async readLine(limit: number): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf('\r\n');
      if (end >= 0 && end <= limit) {
        const line = this.#rest.toString('latin1', 0, end);
        this.#rest = this.#rest.subarray(end + 2);
        return line;
      }
      // One byte more may be the CR whose LF is still to come.
      if (this.#rest.length > limit + 1) {
        throw new S3Error('InvalidRequest', `The body has a chunk header of more than ${limit} bytes`);
      }
      const more = await this.#next();
      if (more === null) throw incomplete();
      this.#rest = Buffer.concat([this.#rest, more]);
    }
  }

  /** The next `count` bytes in pieces as they come. */
  async *read(count: number): AsyncGenerator<Buffer> {
    let left = count;
    while (left > 0) {
      if (this.#rest.length === 0) {
        const more = await this.#next();
        if (more === null) throw incomplete();
        this.#rest = more;
        continue;
      }
      const piece = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  async #next(): Promise<Buffer | null> {
    const { done, value } = await this.#source.next();
    return done ? null : value;
  }
}

function incomplete(): S3Error {
  return new S3Error('IncompleteBody', 'The body ended before the length that was announced');
}
