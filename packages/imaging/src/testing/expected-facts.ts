import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openImage } from '../open-image.ts';

/** What tifffile, imagecodecs and Pillow find in a file; written by fixtures/make_facts.py. */
export interface Facts {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bits: number;
  readonly kind: string;
  readonly greyAsRgb: boolean;
  readonly pixelSizeUm: number | null;
  readonly maxValue?: number;
  readonly channelNames?: readonly string[];
  readonly planes: readonly {
    readonly time: number;
    readonly z: number;
    readonly sum: number;
    readonly values: readonly (readonly [channel: number, y: number, x: number, value: number])[];
    readonly sha256: string;
  }[];
}

export const fixtures = join(import.meta.dirname, '../../fixtures');

export function readFacts(file: string): Record<string, Facts> {
  return JSON.parse(readFileSync(join(fixtures, file), 'utf8'));
}

/** Opens a file and holds everything that is known of it against it, to the last bit of every plane. */
export async function expectFacts(path: string, facts: Facts): Promise<void> {
  const image = await openImage(path);
  expect({
    format: image.format,
    size: [image.width, image.height, image.channels],
    depth: image.depth,
    greyAsRgb: image.greyAsRgb,
    planes: image.planes,
  }).toEqual({
    format: facts.format,
    size: [facts.width, facts.height, facts.channels],
    depth: { bits: facts.bits, kind: facts.kind },
    greyAsRgb: facts.greyAsRgb,
    planes: facts.planes.map(({ time, z }) => ({ time, z })),
  });
  if (facts.pixelSizeUm === null) expect(image.pixelSizeUm).toBeNull();
  else expect(image.pixelSizeUm).toBeCloseTo(facts.pixelSizeUm, 9);
  if (facts.maxValue !== undefined) expect(image.maxValue).toBe(facts.maxValue);
  if (facts.channelNames) expect(image.channelNames).toEqual(facts.channelNames);
  for (const { time, z, sum, values, sha256 } of facts.planes) {
    const { data, width, height, channels } = await image.read({ time, z });
    expect([width, height, channels]).toEqual([facts.width, facts.height, facts.channels]);
    for (const [channel, y, x, value] of values) expect(data[(channel * height + y) * width + x]).toBe(value);
    let total = 0;
    for (const value of data) total += value;
    expect(Math.abs(total - sum)).toBeLessThanOrEqual(1e-12 * Math.abs(sum));
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  await image.close();
}
