import type { ServerUnderTest } from './server-under-test.ts';

/** Objects outside attempts' own places that no row points to: a fault left them, and no sweep would find them. */
export async function countOrphans({ database, storage }: ServerUnderTest): Promise<string[]> {
  const known = new Set<string>();
  for (const image of await database.image.findMany()) {
    for (const key of [image.originalKey, image.pyramidKey, image.thumbnailKey])
      if (key !== null) known.add(key);
  }
  for (const { objectKey } of await database.modelVersion.findMany()) known.add(objectKey);
  const orphans: string[] = [];
  // Under attempts/ and incoming/ lies what the sweep looks after.
  for (const kind of ['images', 'models'] as const) {
    for await (const { key } of storage.listKind(kind)) if (!known.has(key)) orphans.push(key);
  }
  return orphans;
}
