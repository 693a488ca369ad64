import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from '../protocol/s3-error.ts';
import { crc32c } from './crc32c.ts';

/** The checksums of x-amz-checksum-… that this server verifies. */
export const checksumAlgorithms = ['crc32', 'crc32c', 'sha1', 'sha256'] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** Base64, as S3 writes them. */
export type Checksums = Partial<Record<ChecksumAlgorithm, string | undefined>>;

/** A checksum that grows with the bytes that pass. */
export interface Digest {
  update(data: Uint8Array): void;
  digest(): Buffer;
}

export function startChecksum(algorithm: ChecksumAlgorithm): Digest {
  if (algorithm === 'crc32') return cyclic(crc32);
  if (algorithm === 'crc32c') return cyclic(crc32c);
  return createHash(algorithm);
}

/** The algorithm of a header's name. Throws NotImplemented for one that cannot be verified here. */
export function algorithmOfHeader(name: string): ChecksumAlgorithm {
  const algorithm = name.slice('x-amz-checksum-'.length);
  const known = checksumAlgorithms.find((one) => one === algorithm);
  if (known === undefined) {
    throw new S3Error(
      'NotImplemented',
      `"${name}" cannot be verified here; use ${checksumAlgorithms.join(', ')}`,
    );
  }
  return known;
}

function cyclic(next: (data: Uint8Array, previous: number) => number): Digest {
  let value = 0;
  return {
    update(data) {
      value = next(data, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}
