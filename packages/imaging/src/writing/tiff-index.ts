const SHORT = 3;
const LONG = 4;
const LONG8 = 16;

/** Bytes of one value. */
const typeBytes = { 2: 1, 3: 2, 4: 4, 5: 8, 16: 8 } as const;

/** A field of a page. `offset` values are as wide as the file's offsets. Rationals are pairs of whole numbers. */
export type IndexField = { readonly tag: number } & (
  | { readonly type: 'short' | 'long' | 'offset' | 'rational'; readonly values: readonly number[] }
  | { readonly type: 'ascii'; readonly text: string }
);

/** A page with the smaller pages that hang from it (SubIFDs, tag 330). */
export interface IndexPage {
  readonly fields: readonly IndexField[];
  readonly reduced: readonly IndexPage[];
}

/** What stands at the end of a file, and the header that leads to it. */
export interface TiffIndex {
  readonly big: boolean;
  readonly header: Uint8Array;
  /** To be written at `start`. */
  readonly bytes: Uint8Array;
}

/** Bytes to leave free at the beginning of a file, for the header of either kind. */
export const headerBytes = 16;

const subIfds = 330;

interface PlacedPage {
  readonly offset: number;
  readonly fields: readonly IndexField[];
  readonly next: number;
}

/**
 * Encodes pages, little-endian, to stand at byte `start` (a multiple of 8) behind their tiles. The file is a
 * classic TIFF where it all ends below 4 GiB, else a BigTIFF; `big` asks for the latter at once.
 */
export function encodeIndex(pages: readonly IndexPage[], start: number, big = false): TiffIndex {
  const { placed, end } = place(pages, start, big);
  if (!big && end > 0xffff_ffff) return encodeIndex(pages, start, true);
  const bytes = new Uint8Array(end - start);
  for (const page of placed) writePage(new DataView(bytes.buffer, page.offset - start), page, big);
  return { big, header: encodeHeader(start, big), bytes };
}

/** Every page is followed by its reduced ones. */
function place(
  pages: readonly IndexPage[],
  start: number,
  big: boolean,
): { placed: PlacedPage[]; end: number } {
  const placed: PlacedPage[] = [];
  let at = start;
  for (const [index, page] of pages.entries()) {
    const pointers = page.reduced.map(() => 0);
    const withPointers = (values: readonly number[]): readonly IndexField[] =>
      values.length === 0 ? page.fields : sorted([...page.fields, { tag: subIfds, type: 'offset', values }]);
    const offset = at;
    at += pageBytes(withPointers(pointers), big);
    const reduced: PlacedPage[] = [];
    for (const [i, { fields }] of page.reduced.entries()) {
      pointers[i] = at;
      reduced.push({ offset: at, fields: sorted(fields), next: 0 });
      at += pageBytes(fields, big);
    }
    const next = index + 1 < pages.length ? at : 0;
    placed.push({ offset, fields: sorted(withPointers(pointers)), next }, ...reduced);
  }
  return { placed, end: at };
}

function sorted(fields: readonly IndexField[]): readonly IndexField[] {
  return [...fields].sort((a, b) => a.tag - b.tag);
}

function typeOf({ type }: IndexField, big: boolean): keyof typeof typeBytes {
  if (type === 'ascii') return 2;
  if (type === 'rational') return 5;
  return type === 'short' ? SHORT : type === 'long' || !big ? LONG : LONG8;
}

/** Values of a field as TIFF counts them: a text ends with a zero byte, a rational is two numbers. */
function countOf(field: IndexField): number {
  if (field.type === 'ascii') return field.text.length + 1;
  return field.type === 'rational' ? field.values.length / 2 : field.values.length;
}

/** Bytes of a field's values where they do not fit into its entry. */
function outsideBytes(field: IndexField, big: boolean): number {
  const bytes = countOf(field) * typeBytes[typeOf(field, big)];
  return bytes > (big ? 8 : 4) ? round8(bytes) : 0;
}

function tableBytes(fields: number, big: boolean): number {
  return round8(big ? 8 + fields * 20 + 8 : 2 + fields * 12 + 4);
}

function pageBytes(fields: readonly IndexField[], big: boolean): number {
  return fields.reduce((sum, field) => sum + outsideBytes(field, big), tableBytes(fields.length, big));
}

function round8(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function writePage(view: DataView, page: PlacedPage, big: boolean): void {
  const { fields } = page;
  let entry = big ? 8 : 2;
  if (big) view.setBigUint64(0, BigInt(fields.length), true);
  else view.setUint16(0, fields.length, true);
  let free = tableBytes(fields.length, big);
  for (const field of fields) {
    view.setUint16(entry, field.tag, true);
    view.setUint16(entry + 2, typeOf(field, big), true);
    writeOffset(view, entry + 4, countOf(field), big);
    const inside = entry + (big ? 12 : 8);
    const outside = outsideBytes(field, big);
    if (outside > 0) writeOffset(view, inside, page.offset + free, big);
    writeValues(view, outside > 0 ? free : inside, field, big);
    free += outside;
    entry += big ? 20 : 12;
  }
  writeOffset(view, entry, page.next, big);
}

function writeValues(view: DataView, at: number, field: IndexField, big: boolean): void {
  if (field.type === 'ascii') {
    for (let i = 0; i < field.text.length; i++) view.setUint8(at + i, field.text.charCodeAt(i));
    return;
  }
  const size = field.type === 'rational' ? 4 : typeBytes[typeOf(field, big)];
  for (const [i, value] of field.values.entries()) {
    if (size === 2) view.setUint16(at + i * 2, value, true);
    else writeOffset(view, at + i * size, value, size === 8);
  }
}

function writeOffset(view: DataView, at: number, value: number, big: boolean): void {
  if (big) view.setBigUint64(at, BigInt(value), true);
  else view.setUint32(at, value, true);
}

function encodeHeader(first: number, big: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(headerBytes));
  view.setUint16(0, 0x4949);
  view.setUint16(2, big ? 43 : 42, true);
  if (big) view.setUint16(4, 8, true);
  writeOffset(view, big ? 8 : 4, first, big);
  return new Uint8Array(view.buffer);
}
