import type { Database, Modality } from '@cellmixer/database';
import { z } from 'zod';

/** Something about the images that the model has not met in training. */
export interface OutsideTraining {
  readonly code: 'CHANNELS' | 'MODALITY' | 'PIXEL_SIZE' | 'DEPTH' | 'REPLICATE';
  readonly message: string;
  /** Images that it is about. */
  readonly images: number;
}

interface Picture {
  readonly channels: number | null;
  readonly depth: number | null;
  readonly pixelSizeUm: number | null;
  readonly replicate: string | null;
  readonly modality: Modality;
}

/** Pixel sizes that differ by more are said: detail that training showed is missing, or noise that it did not. */
const ALIKE = 1.25;

/** Where modality, channels, pixel size, bit depth or replicate lie outside of what a model version was trained on. */
export async function outsideTraining(
  database: Database,
  modelVersionId: string,
  imageIds: readonly string[],
  versionId: string,
): Promise<OutsideTraining[]> {
  const version = await database.modelVersion.findUniqueOrThrow({
    where: { id: modelVersionId },
    select: { calibration: true, trainingRunId: true },
  });
  const calibration = z
    .object({ channels: z.number(), pixelSizeUm: z.number().nullable() })
    .parse(version.calibration);
  const pictures = await database.$queryRaw<Picture[]>`
    SELECT i.channels, i.depth, coalesce(i."pixelSizeUm", d."pixelSizeUm") AS "pixelSizeUm", v.replicate, d.modality
    FROM "DatasetVersionItem" v JOIN "Image" i ON i.id = v."imageId" JOIN "Dataset" d ON d.id = i."datasetId"
    WHERE v."versionId" = ${versionId}::uuid AND i.id = ANY(${[...imageIds]}::uuid[])`;
  const trained = await database.$queryRaw<Picture[]>`
    SELECT DISTINCT i.channels, i.depth, coalesce(i."pixelSizeUm", d."pixelSizeUm") AS "pixelSizeUm", v.replicate,
      d.modality
    FROM "TrainingSource" s
    JOIN "DatasetVersionItem" v ON v."versionId" = s."versionId" AND v."cellLineId" = s."cellLineId"
    JOIN "Image" i ON i.id = v."imageId" JOIN "Dataset" d ON d.id = i."datasetId"
    WHERE s."runId" = ${version.trainingRunId}::uuid`;
  const found: OutsideTraining[] = [];
  const say = (code: OutsideTraining['code'], outside: readonly Picture[], message: string) => {
    if (outside.length > 0) found.push({ code, message, images: outside.length });
  };
  const { channels, pixelSizeUm } = calibration;
  const channelsOff = pictures.filter((one) => one.channels !== null && one.channels !== channels);
  say(
    'CHANNELS',
    channelsOff,
    `They have ${listed(channelsOff.map((one) => one.channels))} channels, the model takes ${channels}: they will fail.`,
  );
  if (pixelSizeUm !== null) {
    const unknown = pictures.filter((one) => one.pixelSizeUm === null);
    say(
      'PIXEL_SIZE',
      unknown,
      `Their pixel size is not known; they are taken as ${micrometres(pixelSizeUm)} like in training.`,
    );
    const off = pictures.filter((one) => one.pixelSizeUm !== null && !isAlike(one.pixelSizeUm, pixelSizeUm));
    const sizes = listed(off.map((one) => micrometres(one.pixelSizeUm ?? 0)));
    say(
      'PIXEL_SIZE',
      off,
      `Their pixels are ${sizes}, in training ${micrometres(pixelSizeUm)}: they are rescaled.`,
    );
  }
  if (trained.length === 0) return found;
  const compare = (
    code: OutsideTraining['code'],
    of: (picture: Picture) => string | null,
    words: (these: string, those: string) => string,
  ) => {
    const met = new Set(trained.map(of));
    const outside = pictures.filter((picture) => of(picture) !== null && !met.has(of(picture)));
    say(code, outside, words(listed(outside.map(of)), listed(trained.map(of))));
  };
  compare(
    'MODALITY',
    (one) => one.modality.toLowerCase().replaceAll('_', ' '),
    (these, those) => `They are ${these}, the model was trained on ${those}.`,
  );
  compare(
    'DEPTH',
    (one) => (one.depth === null ? null : `${one.depth} bits`),
    (these, those) => `They have ${these}, the training pictures ${those}: look whether intensities fit.`,
  );
  compare(
    'REPLICATE',
    (one) => one.replicate,
    (these, those) =>
      `Replicates ${these} were not in training (${those || 'none named'}): results rest on what carries over between replicates.`,
  );
  return found;
}

function isAlike(a: number, b: number): boolean {
  return Math.max(a / b, b / a) <= ALIKE;
}

function micrometres(size: number): string {
  return `${Number(size.toPrecision(3))} µm`;
}

/** Each once, at most five of them. */
function listed(values: readonly (string | number | null)[]): string {
  const different = [...new Set(values)].filter((value) => value !== null);
  return different.length > 5 ? `${different.slice(0, 5).join(', ')} and others` : different.join(', ');
}
