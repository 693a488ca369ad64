import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import {
  encodeOmeTiffPyramid,
  type OmeTiffContent,
  type WrittenPyramid,
  writeOmeTiffPyramid,
} from '@cellmixer/imaging';
import type { ObjectKey, Storage } from '@cellmixer/storage';
import { putFile } from '../put-file.ts';
import type { FlatPicture } from './flatten-stack.ts';

/** Bytes of a picture, unpacked, up to which its pyramid is made in memory. */
const IN_MEMORY = 32 * 1024 ** 2;

export interface MadePyramid {
  /** The smallest level. */
  readonly overview: WrittenPyramid['overview'];
  /** SHA-256, hexadecimal. */
  checksum(): Promise<string>;
  /** Sends it. */
  put(): Promise<void>;
}

/** Makes a picture's pyramid: in memory, or in a file where the picture is large. */
export async function makePyramid(
  storage: Storage,
  key: ObjectKey,
  content: Omit<OmeTiffContent, 'picture'> & Pick<FlatPicture, 'picture'>,
  folder: () => Promise<string>,
): Promise<MadePyramid> {
  const { width, height, channels, depth } = content.picture;
  const contentType = 'image/tiff';
  const hash = createHash('sha256');
  if ((width * height * channels * depth.bits) / 8 <= IN_MEMORY) {
    const { overview, data } = await encodeOmeTiffPyramid(content);
    return {
      overview,
      checksum: async () => hash.update(data).digest('hex'),
      put: async () => {
        await storage.put(key, data, { contentType });
      },
    };
  }
  const path = join(await folder(), 'pyramid.ome.tiff');
  const { overview } = await writeOmeTiffPyramid({ ...content, path });
  return {
    overview,
    checksum: async () => {
      for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part);
      return hash.digest('hex');
    },
    put: () => putFile(storage, key, path, contentType),
  };
}
