import { CellMixerError } from '@cellmixer/errors';

/** One tensor of float32 values, row-major. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface SafetensorsFile {
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

interface HeaderEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

const LENGTH_BYTES = 8;
/** The reference reader's own limit is 100 MB; a header of ours has a few kilobytes. */
const MAX_HEADER_BYTES = 16 * 2 ** 20;
const MAX_TENSORS = 100_000;
const MAX_RANK = 8;

/**
 * Writes float32 tensors in the safetensors format (https://github.com/huggingface/safetensors): eight bytes of
 * little-endian header length, a JSON header padded by spaces to a multiple of eight, then the values.
 */
export function encodeSafetensors(file: SafetensorsFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  if (Object.keys(file.metadata).length > 0) header.__metadata__ = file.metadata;
  let offset = 0;
  for (const { name, shape, data } of file.tensors) {
    if (Object.hasOwn(header, name) || name === '__metadata__' || name === '__proto__')
      throw new CellMixerError('INVALID_ARGUMENT', `A tensor cannot be written under the name "${name}".`);
    if (elements(shape) !== data.length)
      throw new CellMixerError(
        'INVALID_ARGUMENT',
        `Tensor "${name}" has ${data.length} values, its shape [${shape.join(', ')}] asks for ${elements(shape)}.`,
      );
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + data.byteLength] };
    offset += data.byteLength;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + headerBytes + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, LENGTH_BYTES, LENGTH_BYTES + headerBytes);
  bytes.set(json, LENGTH_BYTES);
  let position = LENGTH_BYTES + headerBytes;
  for (const { data } of file.tensors) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), position);
    position += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a safetensors file of float32 tensors. Strict: every byte must belong to exactly one tensor, as the format
 * demands. Tensors come in the order of their bytes.
 *
 * @throws CHECKPOINT_UNREADABLE that names what is wrong
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (bytes.length < LENGTH_BYTES)
    fail(`it has ${bytes.length} bytes, fewer than the 8 of the header length`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const declared = view.getBigUint64(0, true);
  if (declared > BigInt(MAX_HEADER_BYTES)) fail(`its header claims ${declared} bytes`);
  const headerBytes = Number(declared);
  const start = LENGTH_BYTES + headerBytes;
  if (start > bytes.length) fail(`its header claims ${headerBytes} bytes, the file has ${bytes.length}`);
  const header = parseHeader(bytes.subarray(LENGTH_BYTES, start));

  const entries = readEntries(header);
  let end = 0;
  for (const entry of entries) {
    if (entry.begin !== end) fail(`tensor "${entry.name}" begins at ${entry.begin}, expected ${end}`);
    end = entry.end;
  }
  if (start + end !== bytes.length)
    fail(`its tensors take ${end} bytes, the file holds ${bytes.length - start} after the header`);

  const tensors = entries.map(({ name, shape, begin }) => {
    // Copied, because the values need not be aligned to four bytes in the file.
    const data = new Float32Array(elements(shape));
    new Uint8Array(data.buffer).set(bytes.subarray(start + begin, start + begin + data.byteLength));
    return { name, shape, data };
  });
  return { tensors, metadata: readMetadata(header) };
}

function parseHeader(json: Uint8Array): Map<string, unknown> {
  if (json[0] !== 0x7b) fail('its header does not begin with "{"');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    fail('its header is not JSON', cause);
  }
  return record(header, 'its header');
}

function readMetadata(header: Map<string, unknown>): Record<string, string> {
  const value = header.get('__metadata__');
  if (value === undefined) return {};
  const metadata = record(value, 'its "__metadata__"');
  return Object.fromEntries(
    [...metadata].map(([key, text]): [string, string] =>
      typeof text === 'string' ? [key, text] : fail(`its metadata "${key}" is not a text`),
    ),
  );
}

function readEntries(header: Map<string, unknown>): HeaderEntry[] {
  if (header.size > MAX_TENSORS) fail(`it claims ${header.size} tensors`);
  const entries: HeaderEntry[] = [];
  for (const [name, value] of header) {
    if (name !== '__metadata__') entries.push(readEntry(name, record(value, `tensor "${name}"`)));
  }
  return entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
}

function readEntry(name: string, value: Map<string, unknown>): HeaderEntry {
  const dtype = value.get('dtype');
  if (dtype !== 'F32') fail(`tensor "${name}" is of type ${String(dtype)}, only F32 is read`);
  const shape = wholeNumbers(value.get('shape'), `the shape of tensor "${name}"`);
  if (shape.length > MAX_RANK) fail(`tensor "${name}" has ${shape.length} dimensions`);
  const offsets = wholeNumbers(value.get('data_offsets'), `the offsets of tensor "${name}"`);
  const [begin, end] = offsets;
  if (offsets.length !== 2 || begin === undefined || end === undefined || end < begin)
    fail(`the offsets of tensor "${name}" are [${offsets.join(', ')}]`);
  if (elements(shape) * 4 !== end - begin)
    fail(`tensor "${name}" of shape [${shape.join(', ')}] has ${end - begin} bytes`);
  return { name, shape, begin, end };
}

function record(value: unknown, what: string): Map<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(`${what} is not an object`);
  return new Map(Object.entries(value));
}

function wholeNumbers(value: unknown, what: string): number[] {
  if (!Array.isArray(value)) fail(`${what} is missing`);
  return value.map((number: unknown) =>
    typeof number === 'number' && Number.isSafeInteger(number) && number >= 0
      ? number
      : fail(`${what} holds ${String(number)}`),
  );
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

function fail(what: string, cause?: unknown): never {
  throw new CellMixerError('CHECKPOINT_UNREADABLE', `The safetensors file cannot be read: ${what}.`, {
    cure: 'Take another copy of the file; this one is damaged or of another kind.',
    ...(cause === undefined ? {} : { cause }),
  });
}
