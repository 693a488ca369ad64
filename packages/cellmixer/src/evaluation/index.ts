export { ap50, type InstanceMatches, matchInstances } from './average-precision.ts';
export { type BootstrapOptions, bootstrap, type Interval } from './bootstrap.ts';
export {
  balancedCellAccuracy,
  type CellConfusion,
  cellConfusion,
  cellRecalls,
  poolCells,
} from './cell-accuracy.ts';
export { compareRuns, type RunComparison } from './compare-runs.ts';
export { areaFractions, compositionMae, fractionError } from './composition-error.ts';
export { type Confusion, confusion, emptyConfusion, pool } from './confusion.ts';
export { backgroundFeatures } from './controls/background-features.ts';
export {
  type BackgroundPatch,
  type BackgroundProbe,
  backgroundPatches,
  backgroundProbe,
} from './controls/background-probe.ts';
export { type CanvasSwap, canvasSwap, swapCanvas } from './controls/canvas-swap.ts';
export { type NullSplit, nullSplit } from './controls/null-split.ts';
export { type SelfMix, selfMix } from './controls/self-mix.ts';
export {
  type Titration,
  type TitrationPoint,
  titration,
  titrationFractions,
} from './controls/titration.ts';
export { type Disagreement, disagreement } from './disagreement.ts';
export {
  countPicture,
  type Evaluation,
  evaluate,
  type MetricName,
  type Metrics,
  metricNames,
  metricsOf,
  type PictureCounts,
  type PicturePrediction,
  type PictureTruth,
} from './evaluate.ts';
export { halvesToldApart } from './halves-told-apart.ts';
export { judgeModel } from './judge-model.ts';
export type { JudgedModel } from './judged-crops.ts';
export {
  classIou,
  foregroundIou,
  miou,
  miouWithBackground,
  typeAccuracy,
  typeRecalls,
} from './pixel-metrics.ts';
