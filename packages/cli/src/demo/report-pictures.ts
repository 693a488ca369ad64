import {
  type ClassMap,
  drawTypes,
  type LabelMap,
  type Raster,
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
