import { S3Error } from './s3-error.ts';

/** RFC 3986 as Signature Version 4 wants it: all but A–Z a–z 0–9 - . _ ~ is written as %XX of its UTF-8 bytes. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The same with slashes left as they are: a key in a path or in a listing. */
export function percentEncodePath(path: string): string {
  return percentEncode(path).replaceAll('%2F', '/');
}

/** Throws InvalidURI where an escape is cut short or is not UTF-8. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidURI', 'The address has a percent escape that is not UTF-8');
  }
}
