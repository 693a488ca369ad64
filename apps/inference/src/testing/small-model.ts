import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildInferenceGraph, defaultUNet, networkLayout } from '@cellmixer/nn';

/** A network 8 channels wide that takes pictures of sides that 4 divides; its weights differ with the seed. */
export function smallModel(seed: number, types = 2): Uint8Array {
  const network = defaultUNet({ inputChannels: 1, types, width: 8, levels: 3 });
  const layout = networkLayout(network);
  const parameters = Float32Array.from({ length: layout.parameterCount }, (_, i) =>
    Math.sin((i + 1) * 12.9898 * seed),
  );
  const statistics = new Float32Array(layout.statisticsCount);
  for (const { offset, channels } of layout.norms)
    statistics.fill(1, offset + channels, offset + 2 * channels);
  return buildInferenceGraph({ network, parameters, statistics }, {});
}

/** Writes a model where a folder repository looks for it. */
export function putModel(folder: string, name: string, version: string, bytes: Uint8Array): void {
  mkdirSync(join(folder, name, version), { recursive: true });
  writeFileSync(join(folder, name, version, 'model.onnx'), bytes);
}

/** A picture that differs with the seed. */
export function smallPicture(seed: number, side = 16): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => Math.sin((i + 1) * 0.7 * seed));
}
