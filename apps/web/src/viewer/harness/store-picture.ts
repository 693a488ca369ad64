import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OmeTiffOptions, writeLabelPyramid, writeOmeTiffPyramid } from '@cellmixer/imaging';
import type { ClassMap, LabelMap } from '@cellmixer/pixels';
import { objectKey, type Storage } from '@cellmixer/storage';

type Picture = Omit<OmeTiffOptions, 'path' | 'signal'>;

/** Writes a picture or a map as the worker does, puts it into the bucket, and gives an address for `seconds`. */
export async function storePicture(
  storage: Storage,
  name: string,
  what: Picture | ClassMap | LabelMap,
  seconds = 600,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viewer-picture-'));
  try {
    const path = join(folder, 'picture.ome.tiff');
    if ('picture' in what) await writeOmeTiffPyramid({ ...what, path });
    else await writeLabelPyramid({ path, map: what, pixelSizeUm: null });
    const { size } = await stat(path);
    await storage.put(objectKey(name), createReadStream(path), { size, contentType: 'image/tiff' });
    return await addressOf(storage, name, seconds);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A fresh presigned address. */
export async function addressOf(storage: Storage, name: string, seconds = 600): Promise<string> {
  return await storage.readUrl(objectKey(name), { contentType: 'image/tiff', expiresSeconds: seconds });
}
