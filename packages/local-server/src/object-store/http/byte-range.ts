import { S3Error } from '../protocol/s3-error.ts';

/** From the first to the last byte, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The single range that a Range header asks for. null (the whole object) where there is no header, it is not a range
 * of bytes, or it names several, which S3 does not serve. Throws InvalidRange where nothing of it is there.
 */
export function readRange(header: string | undefined, size: number): ByteRange | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return null;
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return null;
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  if (from !== '' && to !== '' && Number(to) < first) return null;
  if (first > last) {
    throw new S3Error('InvalidRange', `The object has ${size} bytes; the range lies behind them`, {
      'content-range': `bytes */${size}`,
    });
  }
  return { first, last };
}
