export {
  type ImageClassCounts,
  runClassCounts,
  runFacts,
  type SeededShares,
  seededShares,
} from './class-counts.ts';
export { type Database, type DatabaseOptions, openDatabase, type Transaction } from './client.ts';
export { discardBorrowedPixels } from './discard-pixels.ts';
export type {
  Annotation,
  ApiKey,
  AuditEvent,
  CellLine,
  Comparison,
  ComparisonEntry,
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
  SampleLine,
  Segmentation,
  SegmentationRun,
  Team,
  TrainingAttempt,
  TrainingClass,
  TrainingLogLine,
  TrainingMetric,
  TrainingRun,
  TrainingSamplePicture,
  TrashItem,
  Upload,
  User,
} from './generated/client.ts';
export { Prisma } from './generated/client.ts';
export * from './generated/enums.ts';
export { insertRows } from './insert-rows.ts';
export {
  byName,
  countIds,
  countUnder,
  cursorOf,
  isUnder,
  type ListedRow,
  type ListOrder,
  type ListPage,
  type ListSpec,
  listRows,
  listRowsUnder,
  newestFirst,
  oldestFirst,
  type Parent,
} from './list-rows.ts';
export { type Listening, type ListenOptions, listen } from './listen.ts';
export { LARGEST_PAGE, type PageRequest } from './page-request.ts';
export { readRows } from './read-rows.ts';
export { uuidList } from './uuid-list.ts';
