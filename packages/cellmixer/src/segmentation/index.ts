export {
  type AdjustedComposition,
  type AdjustedShare,
  type AdjustOptions,
  adjustComposition,
  type FoundCounts,
  type HeldOutConfusion,
} from './adjust-composition.ts';
export { type CalibrateRegionsOptions, calibrateRegions, type RegionReader } from './calibrate-regions.ts';
export { type CalibratedSource, sourceOf } from './calibrated-source.ts';
export { type Composition, composition, type TypeShare } from './composition.ts';
export { type LimitOfBlank, limitOfBlank, type PureSample } from './limit-of-blank.ts';
export { atNativeSize } from './native-size.ts';
export {
  type ByteMap,
  defaultSegmentationOptions,
  type Segmentation,
  type SegmentationOptions,
  type SegmentationSettings,
  segmentImage,
} from './segment-image.ts';
export { type PictureModel, type SegmentPictureOptions, segmentPicture } from './segment-picture.ts';
export { cellsTable, imagesTable, type SegmentedPicture } from './segmentation-tables.ts';
export { planTiles, type TileAxis, type TileOptions, type TilePlan } from './tiles.ts';
