/** What is known about an object without reading it. */
export interface ObjectInfo {
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
  /** Without quotes; changes whenever the object does. */
  readonly etag: string;
  readonly modified: Date;
  /** Hexadecimal; null where nobody knew it when the object was written. */
  readonly sha256: string | null;
}

/** The name under which the checksum travels with the object. */
export const checksumHeader = 'x-amz-meta-sha256';
