import { readFileSync } from 'node:fs';
import { decodeSafetensors, type NamedTensor } from '../../runtime/safetensors.ts';

/** Tensors by name, with their data at hand. */
export interface TensorSource {
  tensor(name: string): Pick<NamedTensor, 'shape' | 'data'>;
  data(name: string): Float32Array;
}

/** Tensors that PyTorch computed in float64 (packages/nn/fixtures/make_fixtures.py). */
export class Fixture implements TensorSource {
  private readonly tensors: ReadonlyMap<string, NamedTensor>;
  private readonly texts: Readonly<Record<string, string>>;

  constructor(name: string) {
    const path = new URL(`../../../fixtures/graphs/${name}.safetensors`, import.meta.url);
    const file = decodeSafetensors(readFileSync(path));
    this.tensors = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
    this.texts = file.metadata;
  }

  tensor(name: string): NamedTensor {
    const found = this.tensors.get(name);
    if (!found) throw new Error(`The fixture has no tensor "${name}".`);
    return found;
  }

  data(name: string): Float32Array {
    return this.tensor(name).data;
  }

  /** What the metadata says under the key, for the caller to say what it is. */
  metadata<T>(key: string, check: (value: unknown) => value is T): T {
    const value: unknown = JSON.parse(this.texts[key] ?? 'null');
    if (!check(value)) throw new Error(`The fixture's metadata "${key}" is not what was expected.`);
    return value;
  }
}
