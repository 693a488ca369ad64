export type { EnsuredBucket } from './ensure-bucket.ts';
export {
  attemptKey,
  attemptPrefix,
  imageKey,
  imagePrefix,
  incomingKey,
  modelKey,
  modelPrefix,
  type ObjectKind,
  objectKinds,
} from './key-layout.ts';
export type { ListedObject } from './list-objects.ts';
export type { CompletedUpload, ListedPart, MultipartUpload } from './multipart.ts';
export type { ObjectInfo } from './object-info.ts';
export { type ObjectKey, type ObjectPrefix, objectKey, objectPrefix } from './object-key.ts';
export { openStorage, type Storage } from './open-storage.ts';
export { partSizeFor } from './pieces.ts';
export type { Ticket } from './presign.ts';
export type { PutObject, PutOptions } from './put-object.ts';
export type { ByteRange } from './read-object.ts';
export type { ReadUrlOptions } from './read-url.ts';
export type { StorageSettings } from './settings.ts';
export type {
  BegunMultipart,
  MultipartRequest,
  PartTicketRequest,
  UploadTicketRequest,
} from './upload-ticket.ts';
