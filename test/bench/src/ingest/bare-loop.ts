import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openImage, writeOmeTiffPyramid } from '@cellmixer/imaging';
import { imageKey, type Storage } from '@cellmixer/storage';

/** Decodes each picture, writes its pyramid, and puts both into the bucket; `atOnce` pictures at the same time. */
export async function bareLoop(
  storage: Storage,
  paths: readonly string[],
  folder: string,
  atOnce: number,
): Promise<void> {
  const lab = randomUUID();
  const waiting = [...paths];
  const lane = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const id = randomUUID();
      const pyramid = join(folder, `${id}.ome.tiff`);
      const picture = await openImage(path);
      try {
        const { pixelSizeUm, channelNames } = picture;
        await writeOmeTiffPyramid({ picture, path: pyramid, pixelSizeUm, channelNames });
      } finally {
        await picture.close();
      }
      await put(storage, lab, id, 'original', path);
      await put(storage, lab, id, 'pyramid.ome.tiff', pyramid);
      await rm(pyramid);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function put(storage: Storage, lab: string, id: string, name: string, path: string): Promise<void> {
  const { size } = await stat(path);
  const contentType = 'application/octet-stream';
  await storage.put(imageKey(lab, id, name), createReadStream(path), { size, contentType });
}
