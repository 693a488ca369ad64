import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CorrectionLayer,
  compositionTable,
  correctClassMap,
  groupCompositions,
  methodsText,
  parseLayer,
} from '@cellmixer/cellmixer/results';
import {
  type Database,
  type ImageClassCounts,
  runClassCounts,
  runFacts,
  seededShares,
} from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import { encodeClassMap, encodeLabels, readClassMap, readLabelMap } from '@cellmixer/imaging';
import { type Handler, succeed } from '@cellmixer/jobs';
import { attemptKey, objectKey } from '@cellmixer/storage';
import { z } from 'zod';
import { rgbOf } from '../colours.ts';
import { fetchObject } from '../fetch-object.ts';
import type { Parts } from '../parts.ts';
import { putFile } from '../put-file.ts';
import { withFolder } from '../scratch-folder.ts';
import { entryNames } from './entry-names.ts';
import { demandPictures, picturesToTake } from './pictures-to-take.ts';
import { readMe } from './read-me.ts';
import { type ArchiveEntry, writeArchive } from './write-archive.ts';

/** Days that an export can be fetched. */
const DAYS = 7;

/** Writes the results of a run into one ZIP: maps, overlays and cells of every image, and the compositions. */
export function exportRun(parts: Parts): Handler<'EXPORT'> {
  const { database, storage } = parts;
  return ({ exportId }, { job, signal, progress }) =>
    withFolder(parts, async (folder) => {
      const row = await database.export.findUniqueOrThrow({
        where: { id: exportId },
        include: { segmentationRun: { include: { modelVersion: true } } },
      });
      const { segmentationRun: run } = row;
      const { classes, colours } = run.modelVersion;
      const images = await runClassCounts(database, run.id, true);
      if (images.length === 0) {
        throw new CellMixerError('INVALID_ARGUMENT', 'no image of the run was segmented well', {
          cure: 'Wait until the run has ended, or retry what failed.',
        });
      }
      const names = entryNames(images.map((image) => image.image));
      const path = join(folder, 'export.zip');
      const shown = await picturesToTake(database, exportId);
      /** Whose pictures are in it. */
      const drawn: string[] = [];
      const entries = async function* (): AsyncGenerator<ArchiveEntry> {
        for (const [at, image] of images.entries()) {
          progress({ done: at, total: images.length, secondsLeft: null });
          yield* imageEntries(image, names[at] ?? '');
        }
        yield* tables(parts, { id: run.id, modelVersionId: run.modelVersionId, classes, images });
      };
      const imageEntries = async function* (image: ImageClassCounts, name: string) {
        const found = await database.segmentation.findUniqueOrThrow({ where: { id: image.segmentationId } });
        const { classMapKey, instancesKey, overlayKey, cellsKey, correctionRevision } = found;
        if (classMapKey === null || instancesKey === null || cellsKey === null) return;
        const file = join(folder, 'map.ome.tiff');
        const packed = true;
        yield {
          path: `classes/${name}.png`,
          packed,
          bytes: async () => {
            await fetchObject(storage, classMapKey, file, signal);
            return encodeClassMap(await readClassMap(file), colours.map(rgbOf));
          },
        };
        await fetchObject(storage, instancesKey, file, signal);
        const cells = await readLabelMap(file);
        const layer = await readLayer(database, found.id, correctionRevision);
        const labels = await encodeLabels(cells);
        yield { path: `instances/${name}.${labels.extension}`, packed, bytes: async () => labels.bytes };
        if (layer.size > 0) {
          yield {
            path: `corrected/${name}.png`,
            packed,
            bytes: async () => {
              await fetchObject(storage, classMapKey, file, signal);
              return encodeClassMap(
                correctClassMap(await readClassMap(file), cells, layer),
                colours.map(rgbOf),
              );
            },
          };
        }
        if (overlayKey !== null && shown.has(image.segmentationId)) {
          drawn.push(image.segmentationId);
          yield {
            path: `overlays/${name}.png`,
            packed,
            bytes: () => storage.readBytes(objectKey(overlayKey)),
          };
        }
        yield {
          path: `cells/${name}.csv`,
          packed: false,
          bytes: () => storage.readBytes(objectKey(cellsKey)),
        };
      };
      await writeArchive(path, entries(), signal);
      const key = attemptKey(job.id, job.attempt, 'export.zip');
      const { size } = await stat(path);
      await putFile(storage, key, path, 'application/zip');
      signal.throwIfAborted();
      await succeed(database, job, async (tx) => {
        await demandPictures(tx, exportId, drawn);
        await tx.export.update({
          where: { id: exportId },
          data: {
            objectKey: key,
            sizeBytes: BigInt(size),
            images: images.length,
            expiresAt: new Date(Date.now() + DAYS * 86_400_000),
          },
        });
      });
    });
}

/** What people say of the cells at a revision; nothing of most. */
async function readLayer(
  database: Database,
  segmentationId: string,
  revision: number,
): Promise<CorrectionLayer> {
  const row = await database.correction.findUnique({
    where: { segmentationId_revision: { segmentationId, revision } },
    select: { cells: true },
  });
  return parseLayer(row?.cells ?? {});
}

interface ExportedRun {
  readonly id: string;
  readonly modelVersionId: string;
  readonly classes: readonly string[];
  readonly images: readonly ImageClassCounts[];
}

/** The compositions by image and by sample, and what all of it is. */
async function* tables(
  { database }: Pick<Parts, 'database'>,
  run: ExportedRun,
): AsyncGenerator<ArchiveEntry> {
  const samples = [...new Set(run.images.flatMap(({ sampleId }) => (sampleId === null ? [] : [sampleId])))];
  const shares = await seededShares(database, run, samples);
  const seeded = new Map(
    shares.flatMap(({ sampleId, shares }) => (shares === null ? [] : [[sampleId, shares] as const])),
  );
  const table = (by: 'IMAGE' | 'SAMPLE') => {
    const groups = groupCompositions(run.images, { by, classes: run.classes.length, seeded });
    return Buffer.from(compositionTable(groups, run.classes));
  };
  const facts = (await runFacts(database, [run.id])).get(run.id);
  if (facts === undefined) throw new Error(`no segmentation run ${run.id}`);
  const { threshold } = z.object({ threshold: z.number() }).parse(facts.settings);
  const methods = methodsText({ ...facts, threshold });
  yield { path: 'summary.csv', packed: false, bytes: async () => table('IMAGE') };
  yield { path: 'samples.csv', packed: false, bytes: async () => table('SAMPLE') };
  yield {
    path: 'README.txt',
    packed: false,
    bytes: async () => Buffer.from(readMe({ ...facts, run: run.id, methods })),
  };
}
