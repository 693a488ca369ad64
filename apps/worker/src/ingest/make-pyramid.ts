import { join } from 'node:path';
import {
  encodeOmeTiffPyramid,
  type OmeTiffContent,
  type OpenedImage,
  type WrittenPyramid,
  writeOmeTiffPyramid,
} from '@cellmixer/imaging';
import type { ObjectKey, Storage } from '@cellmixer/storage';
import { putFile } from '../put-file.ts';

/** Bytes of a picture, unpacked, up to which its pyramid is made in memory. */
const IN_MEMORY = 32 * 1024 ** 2;

export interface MadePyramid {
  /** The smallest level. */
  readonly overview: WrittenPyramid['overview'];
  /** Sends it. */
  put(): Promise<void>;
}

/** Makes a picture's pyramid: in memory, or in a file where the picture is large. */
export async function makePyramid(
  storage: Storage,
  key: ObjectKey,
  picture: OpenedImage,
  folder: () => Promise<string>,
  signal: AbortSignal,
): Promise<MadePyramid> {
  const { name, width, height, channels, depth, pixelSizeUm, channelNames } = picture;
  const content: OmeTiffContent = { picture, pixelSizeUm, channelNames, name, signal };
  const contentType = 'image/tiff';
  if ((width * height * channels * depth.bits) / 8 <= IN_MEMORY) {
    const { overview, data } = await encodeOmeTiffPyramid(content);
    return {
      overview,
      put: async () => {
        await storage.put(key, data, { contentType });
      },
    };
  }
  const path = join(await folder(), 'pyramid.ome.tiff');
  const { overview } = await writeOmeTiffPyramid({ ...content, path });
  return { overview, put: () => putFile(storage, key, path, contentType) };
}
