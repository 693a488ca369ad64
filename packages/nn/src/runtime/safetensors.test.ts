import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const python =
  process.env.PYTORCH_PYTHON ?? fileURLToPath(new URL('../../../../.venv/bin/python', import.meta.url));

const file = {
  tensors: [
    { name: 'a', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    { name: 'b/ü', shape: [], data: Float32Array.of(-0.5) },
  ],
  metadata: { step: '12', who: 'nobody' },
};

/** A file with the given header and `size` bytes of values. */
function withHeader(header: string, size = 0, declared?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + size);
  new DataView(bytes.buffer).setBigUint64(0, declared ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const entry = (begin: number, end: number, shape = `[${(end - begin) / 4}]`, dtype = 'F32') =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

describe('safetensors', () => {
  it('gives back what was written', () => {
    expect(decodeSafetensors(encodeSafetensors(file))).toEqual(file);
  });

  it('reads a file of the reference library', () => {
    const { tensors, metadata } = decodeSafetensors(readFileSync(fixture('sample.safetensors')));
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    expect(metadata).toEqual({ format: 'np', note: 'größer' });
    expect(byName.get('enc.0.weight')?.shape).toEqual([2, 3, 4]);
    expect(byName.get('enc.0.weight')?.data[23]).toBe(23 / 8);
    expect([...byName.get('enc.0.bias')!.data]).toEqual([-1.5, 2.25]);
    expect(byName.get('scalar')?.shape).toEqual([]);
    expect(byName.get('empty')?.data.length).toBe(0);
  });

  it.skipIf(!existsSync(python))('is read by the reference library (skipped without its Python)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'safetensors-'));
    try {
      writeFileSync(join(folder, 'ours.safetensors'), encodeSafetensors(file));
      const printed = execFileSync(python, [
        fixture('read_safetensors.py'),
        join(folder, 'ours.safetensors'),
      ]);
      expect(JSON.parse(printed.toString())).toEqual({
        metadata: file.metadata,
        tensors: { a: { shape: [2, 2], values: [1, 2, 3, 4] }, 'b/ü': { shape: [], values: [-0.5] } },
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads values that are not aligned in memory', () => {
    const bytes = encodeSafetensors(file);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(decodeSafetensors(shifted.subarray(3))).toEqual(file);
  });

  it.each([
    ['shorter than the header length', new Uint8Array(5), /5 bytes/],
    ['a header beyond the limit', withHeader('{}', 0, 2n ** 60n), /1152921504606846976 bytes/],
    ['a header beyond the file', withHeader('{}', 0, 50n), /50 bytes/],
    ['not JSON', withHeader('{"a":'), /not JSON/],
    ['not an object', withHeader('[1]'), /begin with/],
    ['not UTF-8', new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 0xff]), /begin with/],
    ['another type', withHeader(`{"a":${entry(0, 4, '[1]', 'BF16')}}`, 4), /BF16/],
    ['a hole', withHeader(`{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12), /"b" begins at 8, expected 4/],
    ['an overlap', withHeader(`{"a":${entry(0, 8)},"b":${entry(4, 12)}}`, 12), /"b" begins at 4, expected 8/],
    ['bytes left over', withHeader(`{"a":${entry(0, 4)}}`, 8), /file holds 8/],
    ['values cut off', withHeader(`{"a":${entry(0, 8)}}`, 4), /file holds 4/],
    ['a shape of another size', withHeader(`{"a":${entry(0, 8, '[3]')}}`, 8), /\[3\] has 8 bytes/],
    ['a negative side', withHeader(`{"a":${entry(0, 4, '[-1]')}}`, 4), /-1/],
    [
      'a shape that overflows',
      withHeader(`{"a":${entry(0, 4, '[9007199254740991,9007199254740991]')}}`, 4),
      /4 bytes/,
    ],
    [
      'offsets that are missing',
      withHeader('{"a":{"dtype":"F32","shape":[1]}}', 4),
      /offsets of tensor "a" is missing/,
    ],
    [
      'offsets that run backwards',
      withHeader('{"a":{"dtype":"F32","shape":[0],"data_offsets":[4,0]}}'),
      /\[4, 0\]/,
    ],
    ['metadata that is no text', withHeader('{"__metadata__":{"a":1}}'), /metadata "a"/],
    ['a tensor that is no object', withHeader('{"a":null}'), /tensor "a" is not an object/],
  ])('refuses %s and says so', (_what, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(message);
    expect(() => decodeSafetensors(bytes)).toThrow(
      expect.objectContaining({ code: 'CHECKPOINT_UNREADABLE' }),
    );
  });

  it('refuses to write a tensor whose values do not fill its shape, or two of one name', () => {
    const wrong = { name: 'a', shape: [3], data: new Float32Array(2) };
    expect(() => encodeSafetensors({ tensors: [wrong], metadata: {} })).toThrow(/2 values/);
    const twice = { name: 'a', shape: [1], data: new Float32Array(1) };
    expect(() => encodeSafetensors({ tensors: [twice, twice], metadata: {} })).toThrow(/"a"/);
  });
});
