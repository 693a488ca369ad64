export { cancelJobsOf, lockJobsOf } from './cancel.ts';
export { type Change, Changes, type ChangesOptions } from './changes.ts';
export { type JobPayload, jobContracts, queueNames, queueOf } from './contracts.ts';
export { enqueue, type JobOwner, type NewJob } from './enqueue.ts';
export { checkpointed, type HeldJob, type Progress, succeed, succeedAtOnce, whileHeld } from './held-job.ts';
export { type News, notify } from './notify.ts';
export { openQueue, type Queue } from './queue.ts';
export { queueForegrounds } from './queue-foregrounds.ts';
export { queuePlaces } from './queue-places.ts';
export {
  type ComparisonImageResults,
  type ComparisonResults,
  comparisonImageSchema,
  comparisonResultsSchema,
  type EvaluationResults,
  evaluationImageSchema,
  evaluationResultsSchema,
  type JudgedModel,
  type StoredInterval,
  type StoredScores,
  scoreNames,
} from './results/scores.ts';
export { countRun, countSegmentations } from './segmentation-run.ts';
export { keepSweeping, queueSweep } from './sweeps.ts';
export { type Handler, type Handlers, type JobContext, type JobEvent, takeJobs } from './take-jobs.ts';
export { tell } from './tell.ts';
export { lockJobsOn, withdrawInputs } from './withdrawn-inputs.ts';
export { type AliveWorker, aliveWorkers, announceWorker } from './workers.ts';
