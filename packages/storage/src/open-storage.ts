import type { Readable } from 'node:stream';
import { connect } from './connection.ts';
import { type EnsuredBucket, ensureBucket } from './ensure-bucket.ts';
import type { ObjectKind } from './key-layout.ts';
import { deleteAll, deletePrefix, type ListedObject, listObjects } from './list-objects.ts';
import {
  abortMultipart,
  type CompletedUpload,
  completeMultipart,
  type ListedPart,
  listParts,
  type MultipartUpload,
} from './multipart.ts';
import type { ObjectInfo } from './object-info.ts';
import type { ObjectKey, ObjectPrefix } from './object-key.ts';
import type { Ticket } from './presign.ts';
import { type PutObject, type PutOptions, putObject } from './put-object.ts';
import { type ByteRange, headObject, readBytes, readObject } from './read-object.ts';
import { type ReadUrlOptions, readUrl } from './read-url.ts';
import type { StorageSettings } from './settings.ts';
import {
  type BegunMultipart,
  beginMultipart,
  type MultipartRequest,
  type PartTicketRequest,
  partTicket,
  type UploadTicketRequest,
  uploadTicket,
} from './upload-ticket.ts';

/**
 * A bucket. Everything throws STORAGE_UNAVAILABLE where the store cannot be reached within some four seconds of
 * trying, STORAGE_REFUSED where it refuses, and OBJECT_NOT_FOUND where an object that is read is not there.
 */
export interface Storage {
  /** Creates the bucket if need be and lets pages of `origins` in, where the server takes that from its clients. */
  ensureBucket(origins?: readonly string[]): Promise<EnsuredBucket>;
  put(key: ObjectKey, body: Uint8Array | Readable, options: PutOptions): Promise<PutObject>;
  read(key: ObjectKey, range?: ByteRange): Promise<Readable>;
  /** Throws REQUEST_TOO_LARGE beyond `limit` bytes, 256 MiB if it is not given. */
  readBytes(
    key: ObjectKey,
    options?: { readonly range?: ByteRange; readonly limit?: number },
  ): Promise<Buffer>;
  head(key: ObjectKey): Promise<ObjectInfo | null>;
  /** Does nothing where there is no such object. */
  delete(key: ObjectKey): Promise<void>;
  /** Many at once; all are tried. */
  deleteAll(keys: readonly ObjectKey[]): Promise<void>;
  deletePrefix(prefix: ObjectPrefix): Promise<number>;
  list(prefix: ObjectPrefix): AsyncIterable<ListedObject>;
  /** All objects of a kind; for sweeps. */
  listKind(kind: ObjectKind): AsyncIterable<ListedObject>;
  uploadTicket(request: UploadTicketRequest): Promise<Ticket>;
  beginMultipart(request: MultipartRequest): Promise<BegunMultipart>;
  partTicket(request: PartTicketRequest): Promise<Ticket>;
  /** The parts that have come. Throws UPLOAD_NOT_FOUND. */
  listParts(upload: MultipartUpload): Promise<ListedPart[]>;
  completeMultipart(upload: CompletedUpload): Promise<{ etag: string }>;
  abortMultipart(upload: MultipartUpload): Promise<void>;
  readUrl(key: ObjectKey, options: ReadUrlOptions): Promise<string>;
}

const usualLimit = 256 * 1024 ** 2;

/** Sends nothing yet. Throws INVALID_ARGUMENT where an endpoint is not an address. */
export function openStorage(settings: StorageSettings): Storage {
  const connection = connect(settings);
  const { bucket } = settings;
  return {
    ensureBucket: (origins = []) => ensureBucket(connection, origins),
    put: (key, body, options) => putObject(connection, key, body, options),
    read: (key, range) => readObject(connection, key, range),
    readBytes: (key, { range, limit = usualLimit } = {}) => readBytes(connection, key, limit, range),
    head: (key) => headObject(connection, key),
    delete: (key) => connection.run(key, (client) => client.removeObject(bucket, key)),
    deleteAll: (keys) => deleteAll(connection, keys),
    deletePrefix: (prefix) => deletePrefix(connection, prefix),
    list: (prefix) => listObjects(connection, prefix),
    listKind: (kind) => listObjects(connection, `${kind}/`),
    uploadTicket: (request) => uploadTicket(connection, request),
    beginMultipart: (request) => beginMultipart(connection, request),
    partTicket: (request) => partTicket(connection, request),
    listParts: (upload) => listParts(connection, upload),
    completeMultipart: (upload) => completeMultipart(connection, upload),
    abortMultipart: (upload) => abortMultipart(connection, upload),
    readUrl: (key, options) => readUrl(connection, key, options),
  };
}
