export {
  type ImageClassCounts,
  runClassCounts,
  type SeededShares,
  seededShares,
} from './class-counts.ts';
export { type Database, type DatabaseOptions, openDatabase, type Transaction } from './client.ts';
export { discardBorrowedPixels } from './discard-pixels.ts';
export type {
  ApiKey,
  AuditEvent,
  CellLine,
  Comparison,
  ComparisonImage,
  Correction,
  Dataset,
  DatasetShare,
  DatasetUse,
  DatasetVersion,
  DatasetVersionItem,
  Evaluation,
  EvaluationImage,
  Export,
  Foreground,
  Image,
  Invitation,
  Job,
  Member,
  Model,
  ModelVersion,
  Notification,
  Organization,
  Project,
  ProjectGrant,
  ReviewerLink,
  Sample,
  Segmentation,
  SegmentationRun,
  Team,
  TrainingAttempt,
  TrainingClass,
  TrainingLogLine,
  TrainingMetric,
  TrainingRun,
  TrainingSamplePicture,
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
export { type Listening, type ListenOptions, listen } from './listen.ts';
export { LARGEST_PAGE, type PageRequest } from './page-request.ts';
