import type { ByteSource } from '../byte-source.ts';
import { damaged, tooLarge } from '../image-errors.ts';

/** Bytes of one value of a field type (TIFF 6.0, section 2; 16–18 BigTIFF). */
const typeBytes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** Real files have some tens of fields; more means that the offset leads into something else. */
const maxFields = 4096;

interface Field {
  readonly type: number;
  readonly count: number;
  /** Where the values lie in the file. */
  readonly at: number;
}

/** One page's table of fields. Values are read when asked for, never more than the caller says. */
export class TiffDirectory {
  readonly offset: number;
  /** Offset of the next directory, 0 at the end. */
  readonly next: number;
  readonly #file: TiffFile;
  readonly #fields: ReadonlyMap<number, Field>;

  constructor(file: TiffFile, offset: number, next: number, fields: ReadonlyMap<number, Field>) {
    this.#file = file;
    this.offset = offset;
    this.next = next;
    this.#fields = fields;
  }

  has(tag: number): boolean {
    return this.#fields.has(tag);
  }

  count(tag: number): number {
    return this.#fields.get(tag)?.count ?? 0;
  }

  /** The first value of a field. */
  number(tag: number): number | undefined {
    return this.numbers(tag, 1)[0];
  }

  /** The first values of a field, at most `most`; empty if the field is absent. */
  numbers(tag: number, most: number): number[] {
    const field = this.#fields.get(tag);
    if (!field) return [];
    const count = Math.min(field.count, most);
    const size = typeBytes[field.type] ?? 1;
    const view = viewOf(this.#file.source.read(field.at, count * size));
    const little = this.#file.littleEndian;
    const values = new Array<number>(count);
    for (let i = 0; i < count; i++) values[i] = valueAt(view, i * size, field.type, little);
    return values;
  }

  /** Raw bytes of a field, or undefined. */
  bytes(tag: number, most: number): Uint8Array | undefined {
    const field = this.#fields.get(tag);
    if (!field) return undefined;
    const length = field.count * (typeBytes[field.type] ?? 1);
    if (length > most) {
      throw tooLarge(
        this.#file.source.name,
        `field ${tag} has ${length} bytes; at most ${most}`,
        'Save the picture anew as plain TIFF, e.g. with Fiji.',
      );
    }
    return this.#file.source.read(field.at, length);
  }

  /** A text field, without what follows its first zero byte. */
  text(tag: number, most: number): string {
    const bytes = this.bytes(tag, most);
    if (!bytes) return '';
    const end = bytes.indexOf(0);
    // A copy, because TextDecoder takes no shared memory.
    return new TextDecoder().decode(bytes.slice(0, end < 0 ? bytes.length : end));
  }
}

/** The header of a TIFF or BigTIFF and its directories. */
export class TiffFile {
  readonly source: ByteSource;
  readonly littleEndian: boolean;
  readonly big: boolean;
  readonly firstDirectory: number;

  constructor(source: ByteSource) {
    this.source = source;
    const start = source.read(0, 8);
    this.littleEndian = start[0] === 0x49;
    const view = viewOf(start);
    const version = view.getUint16(2, this.littleEndian);
    if (
      (start[0] !== 0x49 && start[0] !== 0x4d) ||
      start[0] !== start[1] ||
      (version !== 42 && version !== 43)
    ) {
      throw damaged(source.name, 'it does not begin like a TIFF');
    }
    this.big = version === 43;
    this.firstDirectory = this.big
      ? Number(viewOf(source.read(8, 8)).getBigUint64(0, this.littleEndian))
      : view.getUint32(4, this.littleEndian);
  }

  /** Reads the directory at `offset`; the first of two equal tags counts. */
  directory(offset: number): TiffDirectory {
    const { source, littleEndian: little, big } = this;
    const head = viewOf(source.read(offset, big ? 8 : 2));
    const count = big ? Number(head.getBigUint64(0, little)) : head.getUint16(0, little);
    if (count === 0 || count > maxFields) {
      throw damaged(source.name, `the page at byte ${offset} has ${count} fields`);
    }
    const entryBytes = big ? 20 : 12;
    const offsetBytes = big ? 8 : 4;
    const start = offset + (big ? 8 : 2);
    const view = viewOf(source.read(start, count * entryBytes + offsetBytes));
    const fields = new Map<number, Field>();
    for (let i = 0; i < count; i++) {
      const entry = i * entryBytes;
      const tag = view.getUint16(entry, little);
      const type = view.getUint16(entry + 2, little);
      const size = typeBytes[type];
      if (size === undefined || fields.has(tag)) continue;
      const values = big ? Number(view.getBigUint64(entry + 4, little)) : view.getUint32(entry + 4, little);
      const at = entry + (big ? 12 : 8);
      const outside = values * size > offsetBytes;
      fields.set(tag, { type, count: values, at: outside ? offsetAt(view, at, big, little) : start + at });
    }
    return new TiffDirectory(this, offset, offsetAt(view, count * entryBytes, big, little), fields);
  }

  /** All pages in order. Throws where the chain runs in a circle or has more than `mostPages`. */
  directories(mostPages: number): TiffDirectory[] {
    const pages: TiffDirectory[] = [];
    const seen = new Set<number>();
    for (let offset = this.firstDirectory; offset !== 0; ) {
      if (seen.has(offset)) {
        throw damaged(this.source.name, `page ${pages.length} leads back to an earlier page`);
      }
      if (pages.length === mostPages) {
        throw tooLarge(
          this.source.name,
          `more than ${mostPages} pages`,
          'Save the time points or fields as separate files.',
        );
      }
      seen.add(offset);
      const page = this.directory(offset);
      pages.push(page);
      offset = page.next;
    }
    if (pages.length === 0) throw damaged(this.source.name, 'the TIFF has no page');
    return pages;
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function offsetAt(view: DataView, at: number, big: boolean, little: boolean): number {
  return big ? Number(view.getBigUint64(at, little)) : view.getUint32(at, little);
}

function valueAt(view: DataView, at: number, type: number, little: boolean): number {
  switch (type) {
    case 3:
      return view.getUint16(at, little);
    case 4:
    case 13:
      return view.getUint32(at, little);
    case 5:
      return view.getUint32(at, little) / view.getUint32(at + 4, little);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, little);
    case 9:
      return view.getInt32(at, little);
    case 10:
      return view.getInt32(at, little) / view.getInt32(at + 4, little);
    case 11:
      return view.getFloat32(at, little);
    case 12:
      return view.getFloat64(at, little);
    case 16:
    case 18:
      return Number(view.getBigUint64(at, little));
    case 17:
      return Number(view.getBigInt64(at, little));
    default:
      return view.getUint8(at);
  }
}
