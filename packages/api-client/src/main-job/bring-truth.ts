import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import type { Lab } from '../lab.ts';
import { mutateOnce } from '../mutate-once.ts';
import { sendFiles } from '../send-files.ts';

/** Maps on this machine of what a picture truly shows. */
export interface TruthFiles {
  /** 0 background, 1… the lines of the job in their order, 255 not judged. */
  readonly classMap: string;
  /** One number for each cell; null where single cells are not known. */
  readonly instances: string | null;
}

export interface ImageTruth {
  /** The image's id. */
  readonly image: string;
  readonly truth: TruthFiles;
}

/** Maps in one mutation. */
const PACK = 100;

const takenShape = z.object({
  items: z.array(z.object({ uploadId: z.string(), problem: z.string().nullable() })),
});
const annotatedShape = z.object({
  annotations: z.object({ edges: z.array(z.object({ node: z.object({ revision: z.int() }) })) }),
});
const uploadsShape = z.object({
  node: z.object({
    uploads: z.array(
      z.object({ fileName: z.string(), status: z.string(), errorMessage: z.string().nullable() }),
    ),
  }),
});
const uploadsQuery = `query($id: ID!, $uploadIds: [ID!]) { node(id: $id) { ... on Dataset {
  uploads(uploadIds: $uploadIds) { fileName status errorMessage } } } }`;

/**
 * Uploads the truth of a dataset's images and waits until it is checked.
 *
 * @param lines ids of the lines that 1… stand for
 * @throws RUN_FAILED where a map was refused
 */
export async function bringTruth(
  lab: Lab,
  dataset: string,
  truths: readonly ImageTruth[],
  lines: readonly string[],
): Promise<void> {
  const classes = lines.map((cellLine, i) => ({ value: i + 1, cellLine }));
  const maps = truths.flatMap(({ image, truth }) => [
    { path: truth.classMap, image, kind: 'CLASS_MAP', classes },
    ...(truth.instances === null
      ? []
      : [{ path: truth.instances, image, kind: 'INSTANCE_MAP', classes: [] }]),
  ]);
  for (let at = 0; at < maps.length; at += PACK) await bringPack(lab, dataset, maps.slice(at, at + PACK));
}

interface TruthMap {
  readonly path: string;
  readonly image: string;
  readonly kind: string;
  readonly classes: readonly object[];
}

async function bringPack(lab: Lab, dataset: string, maps: readonly TruthMap[]): Promise<void> {
  const awaited = new Map<string, number>();
  for (const [image, revision] of await revisionsOf(
    lab,
    maps.map((map) => map.image),
  )) {
    awaited.set(image, revision + maps.filter((map) => map.image === image).length);
  }
  const paths = maps.map((map) => map.path);
  const sent = await sendFiles(lab.client, dataset, paths, { purpose: 'ANNOTATION' });
  const annotations = sent.map(({ uploadId, path, problem }, i) => {
    if (problem !== null) throw refused(path, problem);
    const { image, kind, classes } = maps[i] ?? {};
    return { uploadId, image, kind, classes };
  });
  const fields = 'items { uploadId problem }';
  const { items } = await mutateOnce(
    lab.client,
    'uploadAnnotations',
    { dataset, annotations },
    fields,
    takenShape,
  );
  const bad = items.findIndex((item) => item.problem !== null);
  if (bad >= 0) throw refused(paths[bad] ?? '', items[bad]?.problem ?? null);
  const uploadIds = sent.map((file) => file.uploadId);
  for (;;) {
    const now = await revisionsOf(lab, [...awaited.keys()]);
    if ([...awaited].every(([image, revision]) => (now.get(image) ?? 0) >= revision)) return;
    const { node } = await lab.client.request(uploadsQuery, { id: dataset, uploadIds }, uploadsShape);
    const failed = node.uploads.find((upload) => upload.status === 'FAILED');
    if (failed !== undefined) throw refused(failed.fileName, failed.errorMessage);
    await lab.pause(300);
  }
}

/** How many maps images have had so far. */
async function revisionsOf(lab: Lab, images: readonly string[]): Promise<Map<string, number>> {
  const ids = [...new Set(images)];
  const fields = 'annotations(first: 1) { edges { node { revision } } }';
  const seen = await lab.lookAt('Image', ids, fields, annotatedShape);
  return new Map(ids.map((id, i) => [id, seen[i]?.annotations.edges[0]?.node.revision ?? 0]));
}

function refused(path: string, why: string | null): CellMixerError {
  return new CellMixerError(
    'RUN_FAILED',
    `"${path}" was not taken as truth: ${why ?? 'no reason was given'}`,
    {
      subject: path,
      cure: 'Put the map right or take it away, and start again.',
    },
  );
}
