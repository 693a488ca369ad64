export { ApiClient, type ApiClientOptions } from './api-client.ts';
export { type Account, Lab } from './lab.ts';
export type { TruthFiles } from './main-job/bring-truth.ts';
export {
  type MainJob,
  type MainJobListener,
  type MainJobModel,
  type MainJobResult,
  type MixtureFile,
  mainJobPhases,
  type PictureFile,
  runMainJob,
} from './main-job/main-job.ts';
export { mutate } from './mutate.ts';
export { mutateOnce } from './mutate-once.ts';
export { type SendOptions, type SentFile, sendFiles } from './send-files.ts';
export { type UploadedFile, type UploadOptions, uploadFiles } from './upload-files.ts';
export { type WaitOptions, waitFor } from './wait-for.ts';
