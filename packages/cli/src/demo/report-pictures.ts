import type { TrainingBatch } from '@cellmixer/nn';
import {
  type ClassMap,
  drawTypes,
  type FloatImage,
  type LabelMap,
  type Raster,
  type Rgb,
  resampleArea,
  toBytes,
} from '@cellmixer/pixels';
import type { TestPicture } from './demo-data.ts';
import type { DemoRun } from './demo-result.ts';

/** Longest side of a picture in the report; larger ones would make the page heavy. */
const LONGEST = 640;

export interface MixtureViews {
  readonly plain: Raster<Uint8Array>;
  readonly truth: Raster<Uint8Array>;
  readonly cellmixer: Raster<Uint8Array>;
  readonly baseline: Raster<Uint8Array>;
}

/** A mixture four times: as it is, with its truth, and as each method sees it. */
export function viewMixture(
  picture: TestPicture,
  cellmixer: DemoRun['found'][number],
  baseline: DemoRun['found'][number],
  types: number,
): MixtureViews {
  const view = (classMap: ClassMap, instances: LabelMap | null) =>
    scaleDown(drawTypes(picture.image, classMap, instances, types));
  return {
    plain: scaleDown(toBytes(picture.image)),
    truth: view(picture.classMap, picture.instances),
    cellmixer: view(cellmixer.classMap, cellmixer.instances),
    baseline: view(baseline.classMap, baseline.instances),
  };
}

/** Scales a picture down where it is large. */
export function scaleDown(picture: Raster<Uint8Array>, longest = LONGEST): Raster<Uint8Array> {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  if (scale === 1) return picture;
  const width = Math.round(picture.width * scale);
  const height = Math.round(picture.height * scale);
  const scaled = resampleArea({ ...picture, data: Float32Array.from(picture.data) }, width, height);
  return { ...scaled, data: Uint8Array.from(scaled.data, Math.round) };
}

/** One sample of a training batch: the picture above, its labels below. */
export function viewSample(batch: TrainingBatch, index: number, palette: readonly Rgb[]): Raster<Uint8Array> {
  const area = batch.width * batch.height;
  const channels = batch.images.length / (batch.count * area);
  const image: FloatImage = {
    width: batch.width,
    height: batch.height,
    channels,
    data: batch.images.slice(index * channels * area, (index + 1) * channels * area),
  };
  const grey = toBytes(image);
  const gap = 4;
  const height = 2 * batch.height + gap;
  const data = new Uint8Array(3 * batch.width * height).fill(255);
  const types = batch.types.length / (batch.count * area);
  for (let i = 0; i < area; i++) {
    const below = i + batch.width * (batch.height + gap);
    const ignored = batch.weight[index * area + i] === 0;
    for (let channel = 0; channel < 3; channel++) {
      const shade = grey.data[(grey.channels === 3 ? channel : 0) * area + i]!;
      data[channel * batch.width * height + i] = shade;
      let label = 0.35 * shade;
      for (let k = 0; k < types; k++) {
        label += 0.8 * batch.types[(index * types + k) * area + i]! * palette[k]![channel]!;
      }
      data[channel * batch.width * height + below] = ignored ? 235 : Math.min(255, label);
    }
  }
  return { width: batch.width, height, channels: 3, data };
}
