export { ap50, type InstanceMatches, matchInstances } from './average-precision.ts';
export {
  balancedCellAccuracy,
  type CellConfusion,
  cellConfusion,
  cellRecalls,
  poolCells,
} from './cell-accuracy.ts';
export { areaFractions, compositionMae, fractionError } from './composition-error.ts';
export { type Confusion, confusion, emptyConfusion, pool } from './confusion.ts';
export {
  classIou,
  foregroundIou,
  miou,
  miouWithBackground,
  typeAccuracy,
  typeRecalls,
} from './pixel-metrics.ts';
