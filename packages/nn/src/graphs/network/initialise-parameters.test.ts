import { describe, expect, it } from 'vitest';
import { initialiseParameters } from './initialise-parameters.ts';
import { networkLayout } from './network-layout.ts';
import { defaultUNet } from './presets.ts';

const network = defaultUNet({ inputChannels: 1, types: 2 });
const layout = networkLayout(network);

function part(vector: Float32Array, name: string): Float32Array {
  const { offset, size } = layout.parameters.find((parameter) => parameter.name === name)!;
  return vector.slice(offset, offset + size);
}

describe('first parameters', () => {
  const vector = initialiseParameters(network, 7, { foregroundPrior: 0.2 });

  it('are the same for the same seed and others for another', () => {
    expect(initialiseParameters(network, 7, { foregroundPrior: 0.2 })).toEqual(vector);
    const other = initialiseParameters(network, 8, { foregroundPrior: 0.2 });
    expect(part(other, 'enc.0.0.conv.weight')).not.toEqual(part(vector, 'enc.0.0.conv.weight'));
  });

  it('have the spread of He for their fan-in', () => {
    const weights = part(vector, 'enc.3.1.conv.weight');
    const mean = weights.reduce((sum, x) => sum + x, 0) / weights.length;
    const variance = weights.reduce((sum, x) => sum + (x - mean) ** 2, 0) / weights.length;
    expect(Math.abs(mean)).toBeLessThan(1e-3);
    expect(variance / (2 / (128 * 9))).toBeCloseTo(1, 1.5);
  });

  it('predict the prior of the foreground and no type before another', () => {
    for (const head of ['heads.0', 'heads.1', 'heads.2']) {
      const [foreground, ...types] = part(vector, `${head}.bias`);
      expect(1 / (1 + Math.exp(-foreground!))).toBeCloseTo(0.2, 6);
      expect(types).toEqual([0, 0]);
    }
  });

  it('leave norms as they are', () => {
    expect(part(vector, 'dec.0.0.norm.weight').every((x) => x === 1)).toBe(true);
    expect(part(vector, 'dec.0.0.norm.bias').every((x) => x === 0)).toBe(true);
  });
});
