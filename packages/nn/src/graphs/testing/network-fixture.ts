import type { LossOptions, UNetOptions } from '../../contracts.ts';
import { networkLayout } from '../network/network-layout.ts';
import type { Fixture } from './fixtures.ts';
import type { Feeds } from './run-graph.ts';

export function fixtureNetwork(fixture: Fixture): UNetOptions {
  return fixture.metadata('network', (value): value is UNetOptions => isRecord(value) && 'levels' in value);
}

export function fixtureLoss(fixture: Fixture): LossOptions {
  return fixture.metadata('loss', (value): value is LossOptions => isRecord(value) && 'dice' in value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The tensors `<prefix>.<parameter>` of the fixture as one portable vector. */
export function parameterVector(fixture: Fixture, prefix: string): Float32Array {
  const layout = networkLayout(fixtureNetwork(fixture));
  const vector = new Float32Array(layout.parameterCount);
  for (const { name, offset, size, shape } of layout.parameters) {
    const tensor = fixture.tensor(`${prefix}.${name}`);
    if (tensor.data.length !== size) throw new Error(`${name} is [${tensor.shape}], not [${shape}].`);
    vector.set(tensor.data, offset);
  }
  return vector;
}

const batchNames = ['images', 'foreground', 'types', 'weight'] as const;

/** The batch of the fixture: all of it, or `count` images from `start` on. */
export function fixtureBatch(fixture: Fixture, start = 0, count?: number): Feeds {
  return Object.fromEntries(
    batchNames.map((name) => {
      const { data, shape } = fixture.tensor(name);
      const images = count ?? shape[0]!;
      const size = data.length / shape[0]!;
      return [
        name,
        { data: data.slice(start * size, (start + images) * size), shape: [images, ...shape.slice(1)] },
      ];
    }),
  );
}
