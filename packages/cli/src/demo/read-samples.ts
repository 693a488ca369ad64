import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Lab } from '@cellmixer/api-client';
import { readFloatImage } from '@cellmixer/imaging';
import type { Raster, Rgb } from '@cellmixer/pixels';
import { z } from 'zod';
import { fetchFile } from './fetch-file.ts';

/** Artificial mixtures that a training learned from. */
export interface TrainingSamples {
  /** RGB: the mixture above, its labels in colour below. */
  readonly pictures: readonly Raster<Uint8Array>[];
  /** Of the labels, in the order of the types. */
  readonly colours: readonly Rgb[];
}

const shape = z.object({
  modelVersion: z.object({ colours: z.array(z.string().regex(/^#[0-9a-f]{6}$/i)) }),
  pictures: z.array(z.object({ pictureUrl: z.url(), labelsUrl: z.url() })),
});
const fields = 'modelVersion { colours } pictures(kind: SAMPLE) { pictureUrl labelsUrl }';

/** White rows between the two pictures. */
const GAP = 4;

/** Fetches up to `most` of the mixtures that a training has kept to be looked at, first to last. */
export async function readSamples(
  lab: Lab,
  trainingRun: string,
  options: { readonly most: number; readonly folder: string; readonly signal: AbortSignal },
): Promise<TrainingSamples> {
  const { folder, most, signal } = options;
  await mkdir(folder, { recursive: true });
  const { pictures, modelVersion } = await lab.look('TrainingRun', trainingRun, fields, shape);
  const pairs: Raster<Uint8Array>[] = [];
  for (const [i, { pictureUrl, labelsUrl }] of pictures.slice(0, most).entries()) {
    const fetchPng = async (url: string, name: string) =>
      readFloatImage(await fetchFile(url, join(folder, `mixture-${i + 1}-${name}.png`), signal));
    pairs.push(stack(await fetchPng(pictureUrl, 'picture'), await fetchPng(labelsUrl, 'labels')));
  }
  return { pictures: pairs, colours: modelVersion.colours.map(rgbOf) };
}

function stack(above: Raster<Float32Array>, below: Raster<Float32Array>): Raster<Uint8Array> {
  const { width } = above;
  const height = above.height + GAP + below.height;
  const data = new Uint8Array(3 * width * height).fill(255);
  for (const [picture, from] of [
    [above, 0],
    [below, above.height + GAP],
  ] as const) {
    const size = picture.width * picture.height;
    for (let channel = 0; channel < 3; channel++) {
      const first = picture.channels === 3 ? channel * size : 0;
      data.set(
        Uint8Array.from(picture.data.subarray(first, first + size)),
        channel * width * height + from * width,
      );
    }
  }
  return { width, height, channels: 3, data };
}

function rgbOf(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
