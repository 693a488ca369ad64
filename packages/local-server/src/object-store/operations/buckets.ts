import type { Operation } from '../http/exchange.ts';
import { respondEmpty, respondXml } from '../http/respond.ts';

export const listBuckets: Operation = async ({ response, store }) => {
  respondXml(response, 'ListAllMyBucketsResult', {
    Owner: { ID: 'owner' },
    Buckets: {
      Bucket: store
        .buckets()
        .map(({ name, created }) => ({ Name: name, CreationDate: created.toISOString() })),
    },
  });
};

/** A bucket that exists already is the caller's own, because there is one account. */
export const createBucket: Operation = async ({ response, target, store }) => {
  await store.createBucket(target.bucket);
  respondEmpty(response, 200, { location: `/${target.bucket}` });
};

export const headBucket: Operation = async ({ response, target, store, region }) => {
  store.bucket(target.bucket);
  respondEmpty(response, 200, { 'x-amz-bucket-region': region });
};

export const deleteBucket: Operation = async ({ response, target, store }) => {
  await store.removeBucket(target.bucket);
  respondEmpty(response, 204);
};

/** us-east-1 is written as nothing, by S3's own history. */
export const getBucketLocation: Operation = async ({ response, target, store, region }) => {
  store.bucket(target.bucket);
  const text = region === 'us-east-1' ? '' : region;
  respondXml(response, 'LocationConstraint', text);
};
