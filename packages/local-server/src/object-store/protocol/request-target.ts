import { percentDecode } from './percent-encoding.ts';
import { S3Error } from './s3-error.ts';

/** Bytes of UTF-8 that a key may have, as with Amazon. */
const longestKey = 1024;

/** Where a request goes. The path is kept as it was sent, because the signature covers it so. */
export interface RequestTarget {
  readonly path: string;
  /** Empty for the list of buckets. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: Query;
}

/** The query's pairs in the order they were sent, decoded. */
export class Query {
  readonly pairs: readonly (readonly [name: string, value: string])[];

  constructor(pairs: readonly (readonly [name: string, value: string])[]) {
    this.pairs = pairs;
  }

  has(name: string): boolean {
    return this.pairs.some(([other]) => other === name);
  }

  /** The first value of that name. */
  get(name: string): string | undefined {
    return this.pairs.find(([other]) => other === name)?.[1];
  }
}

/** Takes the address of a request apart (path-style only). Throws InvalidURI and KeyTooLongError. */
export function readTarget(url: string): RequestTarget {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  if (!path.startsWith('/')) throw new S3Error('InvalidURI', 'The address must begin with a slash');
  const slash = path.indexOf('/', 1);
  const bucket = percentDecode(slash < 0 ? path.slice(1) : path.slice(1, slash));
  const key = slash < 0 ? '' : percentDecode(path.slice(slash + 1));
  checkKeyLength(key);
  return { path, bucket, key, query: readQuery(mark < 0 ? '' : url.slice(mark + 1)) };
}

export function checkKeyLength(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > longestKey) {
    throw new S3Error('KeyTooLongError', `The key has ${bytes} bytes; at most ${longestKey}`);
  }
}

function readQuery(text: string): Query {
  const pairs = text.split('&').filter((pair) => pair !== '');
  return new Query(
    pairs.map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? '' : pair.slice(equals + 1);
      return [decodeForm(name), decodeForm(value)];
    }),
  );
}

/** In a query a plus is a space; whoever means a plus writes %2B. */
function decodeForm(text: string): string {
  return percentDecode(text.replaceAll('+', ' '));
}
