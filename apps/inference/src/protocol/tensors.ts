import { CellMixerError } from '@cellmixer/errors';

/** The one input of our networks, and their outputs in the order in which they are given. */
export const inputName = 'images';
export const outputNames = ['foreground', 'types'] as const;
export type OutputName = (typeof outputNames)[number];

export const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Float32 from little-endian bytes: a view where that can be had, else a copy. */
export function floatsFromBytes(bytes: Uint8Array): Float32Array {
  const count = bytes.length / 4;
  if (littleEndian && bytes.byteOffset % 4 === 0)
    return new Float32Array(bytes.buffer, bytes.byteOffset, count);
  const copy = new DataView(new ArrayBuffer(bytes.length));
  new Uint8Array(copy.buffer).set(bytes);
  return Float32Array.from({ length: count }, (_, i) => copy.getFloat32(i * 4, true));
}

/** Float32 as little-endian bytes: a view where that can be had, else a copy. */
export function bytesFromFloats(values: Float32Array): Uint8Array {
  if (littleEndian) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const view = new DataView(new ArrayBuffer(values.byteLength));
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i]!, true);
  return new Uint8Array(view.buffer);
}

/**
 * Numbers of a JSON tensor, flat or nested row by row as the protocol allows.
 *
 * @throws INVALID_ARGUMENT where there are not `count` numbers
 */
export function floatsFromJson(data: unknown, count: number): Float32Array {
  const values = new Float32Array(count);
  let found = 0;
  const collect = (part: unknown): void => {
    if (Array.isArray(part)) for (const inner of part) collect(inner);
    else if (typeof part !== 'number')
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `the data of "${inputName}" holds ${JSON.stringify(part)}, which is no number`,
      );
    else values[found++] = part;
  };
  collect(data);
  if (found === count) return values;
  throw new CellMixerError(
    'INVALID_ARGUMENT',
    `the data of "${inputName}" are ${found} numbers; its shape says ${count}`,
  );
}

/**
 * A picture with a hole of NaN gives one back from everything that touches it, and what is not finite is a mistake of
 * whoever calibrated it.
 *
 * @throws INVALID_ARGUMENT
 */
export function requireFinite(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]!))
      throw new CellMixerError('INVALID_ARGUMENT', `value ${i} of "${inputName}" is ${values[i]}`, {
        cure: 'Give finite numbers only.',
      });
  }
}
