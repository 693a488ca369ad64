import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';

const checksum = z.string().optional();
const storedRecord = z.object({
  key: z.string(),
  /** Bytes of data. */
  size: z.number().int().nonnegative(),
  /** Without its quotes. */
  etag: z.string(),
  /** Of the data, hexadecimal. */
  sha256: z.string(),
  /** Milliseconds since 1970. */
  modified: z.number(),
  /** Headers to give back with the data: Content-Type and its like, x-amz-meta-…; names in lower case. */
  headers: z.record(z.string(), z.string()),
  /** Base64; those that the client sent. */
  checksums: z.object({ crc32: checksum, crc32c: checksum, sha1: checksum, sha256: checksum }),
});

/** What is known about an object beside its data. */
export type StoredRecord = z.infer<typeof storedRecord>;

const magic = 'CMOBJ001';
const footerBytes = 16;
const firstGuess = 4096;

/**
 * What stands behind an object's data: a stored file is data ‖ record (JSON) ‖ footer (magic, length of the record, its
 * CRC-32), so that one rename publishes both and no crash can part them. Data begins at 0.
 */
export function recordBytes(record: StoredRecord): Buffer {
  const json = Buffer.from(JSON.stringify(record));
  const footer = Buffer.alloc(footerBytes);
  footer.write(magic, 'latin1');
  footer.writeUInt32LE(json.length, 8);
  footer.writeUInt32LE(crc32(json), 12);
  return Buffer.concat([json, footer]);
}

/** Reads the record from a file's end. Throws where the file is damaged. */
export async function readRecord(file: FileHandle): Promise<StoredRecord> {
  const { size } = await file.stat();
  let end = await readEnd(file, size, firstGuess);
  const footer = end.subarray(-footerBytes);
  if (end.length < footerBytes || footer.toString('latin1', 0, 8) !== magic) throw damaged();
  const length = footer.readUInt32LE(8);
  if (length + footerBytes > size) throw damaged();
  if (length + footerBytes > end.length) end = await readEnd(file, size, length + footerBytes);
  const json = end.subarray(end.length - footerBytes - length, end.length - footerBytes);
  if (crc32(json) !== footer.readUInt32LE(12)) throw damaged();
  const record = storedRecord.parse(JSON.parse(json.toString()));
  if (record.size + length + footerBytes !== size) throw damaged();
  return record;
}

async function readEnd(file: FileHandle, size: number, bytes: number): Promise<Buffer> {
  const count = Math.min(size, bytes);
  const buffer = Buffer.alloc(count);
  const { bytesRead } = await file.read(buffer, 0, count, size - count);
  return buffer.subarray(0, bytesRead);
}

function damaged(): Error {
  return new Error('a stored object is damaged: its end is not what this server writes');
}
