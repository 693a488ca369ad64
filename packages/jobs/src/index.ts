export { cancelJobsOf } from './cancel.ts';
export { type JobPayload, jobContracts, queueNames, queueOf } from './contracts.ts';
export { enqueue, type JobOwner, type NewJob } from './enqueue.ts';
export { checkpointed, type HeldJob, type Progress, succeed, whileHeld } from './held-job.ts';
export { type News, notify } from './notify.ts';
export { openQueue, type Queue } from './queue.ts';
export { countRun } from './segmentation-run.ts';
export { type Handler, type Handlers, type JobContext, type JobEvent, takeJobs } from './take-jobs.ts';
export { CHANNEL, tell } from './tell.ts';
