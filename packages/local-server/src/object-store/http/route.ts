import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from '../operations/buckets.ts';
import { completeUpload } from '../operations/complete-upload.ts';
import { copyObject } from '../operations/copy-object.ts';
import { deleteObject, deleteObjects } from '../operations/delete-objects.ts';
import { getObject } from '../operations/get-object.ts';
import { listObjects } from '../operations/list-objects.ts';
import { listUploads } from '../operations/list-uploads.ts';
import { abortUpload, createUpload, listParts, uploadPart } from '../operations/multipart.ts';
import { putObject } from '../operations/put-object.ts';
import type { RequestTarget } from '../protocol/request-target.ts';
import { S3Error } from '../protocol/s3-error.ts';
import type { Operation } from './exchange.ts';

/** Query names that make another operation of a request. One that is not known here must never be passed over. */
const subresources = [
  'accelerate acl analytics attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle',
  'location logging metrics notification object-lock ownershipControls partNumber policy policyStatus',
  'publicAccessBlock replication requestPayment restore retention select tagging torrent uploadId uploads',
  'versionId versioning versions website',
]
  .join(' ')
  .split(' ');

const ofService: Readonly<Record<string, Operation>> = { GET: listBuckets };

const ofBucket: Readonly<Record<string, Operation>> = {
  PUT: createBucket,
  HEAD: headBucket,
  DELETE: deleteBucket,
  GET: listObjects,
  'GET location': getBucketLocation,
  'GET uploads': listUploads,
  'POST delete': deleteObjects,
};

const ofObject: Readonly<Record<string, Operation>> = {
  GET: getObject,
  HEAD: getObject,
  PUT: putObject,
  'PUT copy': copyObject,
  DELETE: deleteObject,
  'POST uploads': createUpload,
  'PUT partNumber uploadId': uploadPart,
  'GET uploadId': listParts,
  'POST uploadId': completeUpload,
  'DELETE uploadId': abortUpload,
};

/** Finds what a request asks for. Throws NotImplemented and MethodNotAllowed. */
export function route(method: string, target: RequestTarget, copies: boolean): Operation {
  const operations = target.bucket === '' ? ofService : target.key === '' ? ofBucket : ofObject;
  const asked = subresources.filter((name) => target.query.has(name));
  const name = [method, ...asked, ...(copies ? ['copy'] : [])].join(' ');
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation !== undefined) return operation;
  if (asked.length > 0 || copies) throw new S3Error('NotImplemented', `"${name}" is not offered here`);
  throw new S3Error('MethodNotAllowed', `${method} is not possible here`);
}
