import { describe, expect, it } from 'vitest';
import { networkLayout } from '../graphs/network/network-layout.ts';
import { defaultUNet } from '../graphs/network/presets.ts';
import { type CheckpointMetadata, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { fingerprintDifferences, takeFingerprint } from './fingerprint.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';
import { createSchedule } from './schedule.ts';

const network = defaultUNet({ inputChannels: 1, types: 2, width: 8, levels: 2 });
const count = networkLayout(network).parameterCount;
const vector = (scale: number) => Float32Array.from({ length: count }, (_, i) => Math.sin(i) * scale);
const state = {
  step: 41,
  parameters: vector(1),
  first: vector(0.1),
  second: vector(0.01),
  average: vector(0.9),
};
const fingerprint = takeFingerprint({ provider: 'cpu', lowering: 'portable' });
const metadata: CheckpointMetadata = {
  network,
  seed: 7,
  schedule: createSchedule(0.003, 1000),
  maskGeneration: 1,
  fingerprint,
  notes: { lines: 'A,B' },
};

/** The checkpoint with its file's metadata changed. */
function withMetadata(changes: Record<string, string>): Uint8Array {
  const file = decodeSafetensors(encodeCheckpoint(state, metadata));
  return encodeSafetensors({ ...file, metadata: { ...file.metadata, ...changes } });
}

describe('checkpoint', () => {
  it('gives back every bit of the state and everything about the training', () => {
    expect(decodeCheckpoint(encodeCheckpoint(state, metadata))).toEqual({ state, metadata });
  });

  it('names its tensors so that other programs find the weights', () => {
    const { tensors } = decodeSafetensors(encodeCheckpoint(state, metadata));
    const first = tensors.find(({ name }) => name === 'parameters/enc.0.0.conv.weight');
    expect(first?.shape).toEqual([8, 1, 3, 3]);
  });

  it('notices one flipped bit in a weight', () => {
    const bytes = encodeCheckpoint(state, metadata);
    bytes[bytes.length - 5]! ^= 1;
    expect(() => decodeCheckpoint(bytes)).toThrow(/checksum/);
  });

  it('notices a file that was cut off', () => {
    const bytes = encodeCheckpoint(state, metadata);
    expect(() => decodeCheckpoint(bytes.subarray(0, bytes.length - 8))).toThrow(
      expect.objectContaining({ code: 'CHECKPOINT_UNREADABLE' }),
    );
  });

  it.each([
    [{ format: 'pt' }, /something else/],
    [{ version: '9' }, /version 9/],
    [{ step: '-3' }, /step is "-3"/],
    [{ training: '{' }, /not JSON/],
    [{ training: '{"network":{}}' }, /incomplete/],
    [
      { training: JSON.stringify({ ...metadata, network: { ...network, levels: 99 } }) },
      /network cannot be built/,
    ],
    [{ training: JSON.stringify({ ...metadata, network: { ...network, levels: 3 } }) }, /tensors/],
    [{ training: JSON.stringify({ ...metadata, network: { ...network, types: 3 } }) }, /heads\.0\.weight/],
  ])('refuses a file with %o', (changes, message) => {
    expect(() => decodeCheckpoint(withMetadata(changes as Record<string, string>))).toThrow(message);
    expect(() => decodeCheckpoint(withMetadata(changes as Record<string, string>))).toThrow(
      expect.objectContaining({ code: 'CHECKPOINT_UNREADABLE' }),
    );
  });

  it('refuses to write a state of another network', () => {
    const other = { ...state, first: new Float32Array(3) };
    expect(() => encodeCheckpoint(other, metadata)).toThrow(/"first" has 3 values/);
  });

  it('names what is different where a training goes on elsewhere', () => {
    expect(fingerprintDifferences(fingerprint, fingerprint)).toEqual([]);
    expect(fingerprintDifferences(fingerprint, { ...fingerprint, lowering: 'blocked' })).toEqual([
      'lowering: portable → blocked',
    ]);
    expect(fingerprint.runtime).toMatch(/^onnxruntime-node \d/);
  });
});
