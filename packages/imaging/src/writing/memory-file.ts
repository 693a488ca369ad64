/** What can be written to at any place; a `FileHandle` is one. */
export interface PositionedFile {
  write(
    bytes: Uint8Array,
    from: number,
    count: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
}

const firstBytes = 64 * 1024;

/** A file in memory that grows as it is written to. */
export class MemoryFile implements PositionedFile {
  #bytes = new Uint8Array(firstBytes);
  #length = 0;

  /** Everything that was written; what was left out between is 0. */
  get data(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  async write(
    bytes: Uint8Array,
    from: number,
    count: number,
    position: number,
  ): Promise<{ bytesWritten: number }> {
    const end = position + count;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(from, from + count), position);
    this.#length = Math.max(this.#length, end);
    return { bytesWritten: count };
  }
}
