import type { Connection } from './connection.ts';
import type { ObjectKey } from './object-key.ts';
import { translate } from './translate-error.ts';
import { checkExpiry } from './upload-ticket.ts';

export interface ReadUrlOptions {
  /** What the reader is told it is, whatever the uploader claimed. */
  readonly contentType: string;
  /** Then it is saved under that name instead of shown. */
  readonly fileName?: string;
  /** 600 if it is not given. */
  readonly expiresSeconds?: number;
}

/**
 * An address at the public endpoint by which somebody may read one object for a while. For a tenth of that while it is
 * the same one: a list that is read again shows its pictures from the browser's cache. Sends nothing.
 */
export async function readUrl(
  connection: Connection,
  key: ObjectKey,
  options: ReadUrlOptions,
): Promise<string> {
  const { contentType, fileName, expiresSeconds = 600 } = options;
  checkExpiry(key, expiresSeconds);
  const { bucket } = connection.settings;
  try {
    const client = await connection.publicClient();
    const step = 100 * expiresSeconds;
    const signed = new Date(Math.floor(Date.now() / step) * step);
    const answer = {
      'response-content-type': contentType,
      'response-content-disposition': fileName === undefined ? 'inline' : attachment(fileName),
    };
    return await client.presignedGetObject(bucket, key, expiresSeconds, answer, signed);
  } catch (error) {
    throw translate(error, key, bucket);
  }
}

/** RFC 6266: a plain name for old clients, the true one in UTF-8. No character can end the header or the name. */
function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\w .()-]/g, '_');
  const exact = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
