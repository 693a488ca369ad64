import { CellMixerError } from '@cellmixer/errors';
import type { Cell } from '../contracts.ts';

const FIELDS = 10;

/** Bytes of one cell: ten numbers and a probability for each class, 32-bit floats, little-endian. */
export function cellRecordBytes(types: number): number {
  return 4 * (FIELDS + types);
}

/**
 * Cells as records of equal length in the order of their labels 1…n, so that any page is one range of bytes. Labels
 * and areas are exact up to 2²⁴, coordinates to 1/256 px in pictures of up to 65,536 px.
 */
export function encodeCellRecords(cells: readonly Cell[], types: number): Uint8Array {
  const size = cellRecordBytes(types);
  const view = new DataView(new ArrayBuffer(size * cells.length));
  for (const [index, cell] of cells.entries()) {
    const { label, type, confidence, area, centroidX, centroidY, x0, y0, x1, y1, probabilities } = cell;
    const numbers = [label, type, confidence, area, centroidX, centroidY, x0, y0, x1, y1, ...probabilities];
    for (const [i, value] of numbers.entries()) view.setFloat32(index * size + 4 * i, value, true);
  }
  return new Uint8Array(view.buffer);
}

/** @throws INVALID_ARGUMENT where the bytes are no whole records */
export function decodeCellRecords(bytes: Uint8Array, types: number): Cell[] {
  const size = cellRecordBytes(types);
  if (bytes.length % size !== 0)
    throw new CellMixerError('INVALID_ARGUMENT', `${bytes.length} bytes are no whole records of ${size}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / size }, (_, index) => {
    const read = (i: number) => view.getFloat32(index * size + 4 * i, true);
    return {
      label: read(0),
      type: read(1),
      confidence: read(2),
      area: read(3),
      centroidX: read(4),
      centroidY: read(5),
      x0: read(6),
      y0: read(7),
      x1: read(8),
      y1: read(9),
      probabilities: Array.from({ length: types }, (_, k) => read(FIELDS + k)),
    };
  });
}
