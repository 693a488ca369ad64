import type { With } from './demand-variables.ts';

/** Where the bucket is and who may use it, as `packages/storage` takes it. */
export function bucketOf(environment: With<'S3_ENDPOINT' | 'S3_ACCESS_KEY' | 'S3_SECRET_KEY'>) {
  return {
    endpoint: environment.S3_ENDPOINT,
    publicEndpoint: environment.S3_PUBLIC_ENDPOINT ?? environment.S3_ENDPOINT,
    region: environment.S3_REGION,
    bucket: environment.S3_BUCKET,
    accessKey: environment.S3_ACCESS_KEY,
    secretKey: environment.S3_SECRET_KEY,
  };
}
