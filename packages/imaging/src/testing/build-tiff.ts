/** A field of a page: short (3) or long (4) values, or text (2). */
export interface BuiltField {
  readonly tag: number;
  readonly type?: 2 | 3 | 4;
  readonly values: readonly number[] | string;
}

export interface BuiltPage {
  readonly fields: readonly BuiltField[];
  /** Offset of the next page; by default the page that follows, 0 after the last. */
  readonly next?: number;
}

/**
 * A little-endian TIFF, right or wrong as the fields say: `data` begins at byte 8, then come the pages.
 * Returns the bytes and where each page stands.
 */
export function buildTiff(
  pages: readonly BuiltPage[],
  data: Uint8Array = new Uint8Array(0),
): { bytes: Uint8Array; offsets: number[] } {
  const start = 8 + data.length + (data.length % 2);
  const offsets: number[] = [];
  let at = start;
  for (const page of pages) {
    offsets.push(at);
    at += pageBytes(page);
  }
  const bytes = new Uint8Array(at);
  const view = new DataView(bytes.buffer);
  bytes.set([0x49, 0x49, 42, 0]);
  view.setUint32(4, start, true);
  bytes.set(data, 8);
  for (const [index, page] of pages.entries()) {
    writePage(view, offsets[index]!, page, page.next ?? offsets[index + 1] ?? 0);
  }
  return { bytes, offsets };
}

/** The fields of a grey 8-bit picture in one strip at byte 8; `changes` replace fields of the same tag. */
export function greyPage(width: number, height: number, changes: readonly BuiltField[] = []): BuiltPage {
  const fields: BuiltField[] = [
    { tag: 256, values: [width] },
    { tag: 257, values: [height] },
    { tag: 258, values: [8] },
    { tag: 259, values: [1] },
    { tag: 262, values: [1] },
    { tag: 273, values: [8] },
    { tag: 277, values: [1] },
    { tag: 278, values: [height] },
    { tag: 279, values: [width * height] },
  ];
  const kept = fields.filter(({ tag }) => !changes.some((change) => change.tag === tag));
  return { fields: [...kept, ...changes].sort((a, b) => a.tag - b.tag) };
}

function pageBytes({ fields }: BuiltPage): number {
  return fields.reduce((sum, field) => sum + 12 + outside(field), 6);
}

function outside(field: BuiltField): number {
  const bytes = encode(field).length;
  return bytes > 4 ? bytes + (bytes % 2) : 0;
}

function encode({ values, type = 4 }: BuiltField): Uint8Array {
  if (typeof values === 'string') return new TextEncoder().encode(`${values}\0`);
  const out = new DataView(new ArrayBuffer(values.length * (type === 3 ? 2 : 4)));
  for (const [i, value] of values.entries()) {
    if (type === 3) out.setUint16(i * 2, value, true);
    else out.setUint32(i * 4, value, true);
  }
  return new Uint8Array(out.buffer);
}

function writePage(view: DataView, at: number, page: BuiltPage, next: number): void {
  view.setUint16(at, page.fields.length, true);
  let entry = at + 2;
  let free = entry + page.fields.length * 12 + 4;
  for (const field of page.fields) {
    const encoded = encode(field);
    const type = typeof field.values === 'string' ? 2 : (field.type ?? 4);
    view.setUint16(entry, field.tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, typeof field.values === 'string' ? encoded.length : field.values.length, true);
    const target = encoded.length > 4 ? free : entry + 8;
    if (encoded.length > 4) view.setUint32(entry + 8, free, true);
    new Uint8Array(view.buffer).set(encoded, target);
    free += outside(field);
    entry += 12;
  }
  view.setUint32(entry, next, true);
}
