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
export * from './mixing/index.ts';
export { type CellMixerModel, openCellMixerModel } from './open-cellmixer-model.ts';
export * from './segmentation/index.ts';
export type { TrainingEvent, TrainingStage } from './training/events.ts';
export {
  calibrationSchema,
  type ModelMetadata,
  modelMetadataSchema,
  parseModelMetadata,
} from './training/model-metadata.ts';
export {
  parseTrainingSettings,
  type TrainingMethod,
  type TrainingSettings,
  type TrainingSettingsInput,
  trainingMethods,
  trainingPresets,
} from './training/settings.ts';
export { type TrainingResult, type TrainOptions, trainCellMixer } from './training/train.ts';
