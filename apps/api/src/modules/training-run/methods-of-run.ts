import { readFileSync } from 'node:fs';
import { methodsText } from '@cellmixer/cellmixer/card';
import type { Database, TrainingRun } from '@cellmixer/database';
import { z } from 'zod';
import { readCard } from '../model/read-card.ts';
import { picturesOfClasses, type TrainingPicture } from './training-pictures.ts';
import { settingsOfRun } from './training-settings.type.ts';

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
);

const calibrationShape = z.object({ cellDiameterPx: z.number(), pixelSizeUm: z.number().nullable() });

/** The methods paragraph of a run, as far as it has come. */
export async function methodsOfRun(database: Database, run: TrainingRun): Promise<string> {
  const [classes, made, baseline] = await Promise.all([
    database.trainingClass.findMany({
      where: { runId: run.id },
      orderBy: { position: 'asc' },
      include: { sources: { select: { versionId: true, cellLineId: true } } },
    }),
    database.modelVersion.findUnique({ where: { trainingRunId: run.id } }),
    database.modelVersion.findFirst({ where: { trainingRun: { baselineOfId: run.id } } }),
  ]);
  const pictures = await picturesOfClasses(database, classes);
  const card = made === null ? null : readCard(made.card);
  const settings = settingsOfRun(run);
  return methodsText({
    version,
    method: run.method === 'BASELINE' ? 'baseline' : 'cellmixer',
    modality: (pictures[0]?.modality ?? 'unknown').toLowerCase().replaceAll('_', ' '),
    classes: classes.map(({ name }, position) => {
      const own = pictures.filter((picture) => picture.position === position);
      // What came of them is known at the end: some are kept out, some show too few cells.
      const used = card?.cultures[position];
      const lines = new Map(own.map(({ lineName, lineAccession }) => [lineName ?? name, lineAccession]));
      return {
        name,
        lines: [...lines].map(([line, accession]) => ({ name: line, accession })),
        ...(used === undefined
          ? { pictures: own.length, replicates: replicatesOf(own), heldOutPictures: 0 }
          : {
              pictures: used.pictures,
              replicates: used.replicates.length,
              heldOutPictures: used.heldOutPictures,
            }),
      };
    }),
    settings,
    stepsDone: made === null ? settings.steps : run.step,
    calibration: calibrationShape.safeParse(made?.calibration).data ?? null,
    machine: card?.machine ?? null,
    miou: card?.judgement?.mixtures.miou ?? null,
    baselineMiou: readCard(baseline?.card)?.judgement?.mixtures.miou ?? null,
    checksum: made?.checksum ?? null,
  });
}

function replicatesOf(pictures: readonly TrainingPicture[]): number {
  return new Set(pictures.map(({ replicate }) => replicate)).size;
}
