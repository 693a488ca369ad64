import { writeCondition } from '../http/conditions.ts';
import type { Operation } from '../http/exchange.ts';
import { readText } from '../http/read-text.ts';
import { respondEmpty, respondXml } from '../http/respond.ts';
import { readDeletion } from '../protocol/read-xml.ts';
import { checkKeyLength } from '../protocol/request-target.ts';
import { S3Error } from '../protocol/s3-error.ts';

/** An object that is not there counts as deleted. */
export const deleteObject: Operation = async ({ request, response, target, store }) => {
  await store.bucket(target.bucket).remove(target.key, writeCondition(request.headers));
  respondEmpty(response, 204);
};

/** Up to 1,000 objects at once; what fails is told key by key. */
export const deleteObjects: Operation = async (exchange) => {
  const bucket = exchange.store.bucket(exchange.target.bucket);
  const { keys, quiet } = readDeletion(await readText(exchange));
  const deleted: { Key: string }[] = [];
  const failed: { Key: string; Code: string; Message: string }[] = [];
  for (const key of keys) {
    try {
      checkKeyLength(key);
      await bucket.remove(key);
      deleted.push({ Key: key });
    } catch (error) {
      const code = error instanceof S3Error ? error.code : 'InternalError';
      const message = error instanceof S3Error ? error.message : 'The object could not be deleted';
      failed.push({ Key: key, Code: code, Message: message });
    }
  }
  respondXml(exchange.response, 'DeleteResult', { Deleted: quiet ? [] : deleted, Error: failed });
};
