export { type CalibratedSource, sourceOf } from './calibrated-source.ts';
export { type Composition, composition, type TypeShare } from './composition.ts';
export {
  defaultSegmentationOptions,
  type Segmentation,
  type SegmentationOptions,
  type SegmentationSettings,
  segmentImage,
} from './segment-image.ts';
export { planTiles, type TileAxis, type TileOptions, type TilePlan } from './tiles.ts';
