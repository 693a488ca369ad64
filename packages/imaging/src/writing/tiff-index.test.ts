import { describe, expect, it } from 'vitest';
import { encodeIndex, type IndexPage } from './tiff-index.ts';

const page: IndexPage = {
  fields: [
    { tag: 270, type: 'ascii', text: 'a picture' },
    { tag: 256, type: 'long', values: [7] },
    { tag: 324, type: 'offset', values: [16, 2 ** 33] },
  ],
  reduced: [],
};

describe('encodeIndex', () => {
  it('is a classic TIFF as long as its last byte lies below 4 GiB', () => {
    const { bytes } = encodeIndex([page], 16);
    const latest = 2 ** 32 - 8 - bytes.length;
    expect(encodeIndex([page], latest).big).toBe(false);
    const { big, header, bytes: larger } = encodeIndex([page], latest + 8);
    expect(big).toBe(true);
    expect(header.slice(0, 8)).toEqual(Uint8Array.of(0x49, 0x49, 43, 0, 8, 0, 0, 0));
    expect(new DataView(header.buffer).getBigUint64(8, true)).toBe(BigInt(latest + 8));
    const view = new DataView(larger.buffer);
    expect(view.getBigUint64(0, true)).toBe(3n);
  });

  it('sorts the fields by their tags, as TIFF asks', () => {
    const view = new DataView(encodeIndex([page], 16).bytes.buffer);
    expect([0, 1, 2].map((i) => view.getUint16(2 + 12 * i, true))).toEqual([256, 270, 324]);
  });

  it('chains pages and hangs reduced ones from the first', () => {
    const { bytes } = encodeIndex([{ ...page, reduced: [page, page] }, page], 16);
    const view = new DataView(bytes.buffer);
    const fields = view.getUint16(0, true);
    const next = view.getUint32(2 + 12 * fields, true);
    const entries = Array.from({ length: fields }, (_, i) => 2 + 12 * i);
    const pointers = entries.find((entry) => view.getUint16(entry, true) === 330)!;
    expect(view.getUint32(pointers + 4, true)).toBe(2);
    const list = view.getUint32(pointers + 8, true) - 16;
    for (const at of [next, view.getUint32(list, true), view.getUint32(list + 4, true)]) {
      expect(view.getUint16(at - 16, true)).toBe(3);
      expect(view.getUint32(at - 16 + 2 + 36, true)).toBe(0);
    }
  });
});
