export { cellRecordBytes, decodeCellRecords, encodeCellRecords } from './cell-records.ts';
export {
  type CompositionGroup,
  compositionTable,
  type GroupBy,
  groupCompositions,
  type ImageCounts,
} from './composition-groups.ts';
export {
  type CorrectionLayer,
  correctClassMap,
  countCorrected,
  DELETED,
  parseLayer,
  UNKNOWN,
} from './correction-layer.ts';
export { comparisonText, methodsText } from './methods-text.ts';
