import type { Upload } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { incomingKey } from '@cellmixer/storage';
import type { Context } from '../../graphql/context.ts';
import { partsOf, partsThere } from './upload.type.ts';

/** Makes one object of an upload's parts and looks whether all of it is there. @returns why not, or null */
export async function bringTogether(
  context: Context,
  organizationId: string,
  upload: Upload,
): Promise<string | null> {
  const { storage } = context;
  const { id, fileName, multipartId } = upload;
  if (upload.status === 'ABORTED') return 'This upload was given up; ask for a new ticket.';
  const key = incomingKey(organizationId, id);
  const size = Number(upload.sizeBytes);
  const parts = partsOf(size);
  let found = await storage.head(key);
  if (found === null && parts !== null && multipartId !== null) {
    const there = await partsThere(context, { id, organizationId, multipartId });
    const came = new Set(there.map(({ part }) => part));
    const missing = Array.from({ length: parts.count }, (_, i) => i + 1).filter((part) => !came.has(part));
    if (missing.length > 0 && there.length > 0)
      return `Of "${fileName}", ${missing.length} of ${parts.count} parts have not come, part ${missing[0]} first; send them and complete again.`;
    try {
      if (there.length > 0)
        await storage.completeMultipart({ key, uploadId: multipartId, parts: there, size });
    } catch (error) {
      // Another request may have done it at the same moment: what counts is what is there.
      if (!(error instanceof CellMixerError)) throw error;
      if (error.code === 'CHECKSUM_MISMATCH') return error.message;
      if (error.code !== 'UPLOAD_NOT_FOUND') throw error;
    }
    found = await storage.head(key);
  }
  if (found === null) return `The bytes of "${fileName}" have not come; send them first.`;
  if (found.size !== size)
    return `"${fileName}" has ${found.size} bytes, ${size} were announced; upload it again.`;
  return null;
}
