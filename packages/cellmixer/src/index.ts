export { type CalibrateOptions, calibrate } from './calibration/calibrate.ts';
export { type CalibrateImageOptions, calibrateImage } from './calibration/calibrate-image.ts';
export {
  type LeftOutImage,
  type PreparedCultures,
  type PrepareOptions,
  prepareCultures,
} from './calibration/prepare-cultures.ts';
export { prepareImage } from './calibration/prepare-image.ts';
export type * from './contracts.ts';
export * from './evaluation/index.ts';
export * from './foreground/index.ts';
export * from './segmentation/index.ts';
