/** What is to be hashed: `sha256` of a whole file, or `md5` of a part of one. */
export interface HashRequest {
  readonly id: number;
  readonly by: 'sha256' | 'md5';
  readonly bytes: Blob;
}

/** Hexadecimal; null where the bytes cannot be read, with the browser's own words. */
export interface HashAnswer {
  readonly id: number;
  readonly hash: string | null;
  readonly problem: string;
}
