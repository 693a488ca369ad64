import { type Checksums, checksumAlgorithms } from '../body/checksums.ts';

/** The checksums of an object or a part as headers of an answer. */
export function checksumHeaders(checksums: Checksums): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const algorithm of checksumAlgorithms) {
    const value = checksums[algorithm];
    if (value !== undefined) headers[`x-amz-checksum-${algorithm}`] = value;
  }
  return headers;
}
