export { ApiClient, type ApiClientOptions } from './api-client.ts';
export { mutate } from './mutate.ts';
export { type UploadedFile, type UploadOptions, uploadFiles } from './upload-files.ts';
