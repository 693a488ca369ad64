export { type Database, type DatabaseOptions, openDatabase, type Transaction } from './client.ts';
export type {
  ApiKey,
  CellLine,
  Comparison,
  Dataset,
  DatasetVersion,
  DatasetVersionItem,
  Evaluation,
  Foreground,
  Image,
  Job,
  Member,
  Model,
  ModelVersion,
  Organization,
  Project,
  Sample,
  Segmentation,
  SegmentationRun,
  TrainingClass,
  TrainingMetric,
  TrainingRun,
  Upload,
  User,
} from './generated/client.ts';
export { Prisma } from './generated/client.ts';
export * from './generated/enums.ts';
export {
  byName,
  countIds,
  countUnder,
  type IdPage,
  type ListOrder,
  type ListSpec,
  listIds,
  listIdsUnder,
  newestFirst,
  oldestFirst,
} from './list-ids.ts';
export { LARGEST_PAGE, type PageRequest } from './page-request.ts';
