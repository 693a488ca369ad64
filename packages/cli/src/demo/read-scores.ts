import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MainJobResult } from '@cellmixer/api-client';
import type { PictureCounts } from '@cellmixer/cellmixer';
import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import { fetchFile } from './fetch-file.ts';

const numbers = z.array(z.number()).transform((list) => Float64Array.from(list));
const confusion = z.object({ types: z.int(), counts: numbers });
const countsShape = z.object({
  /** The id of the image. */
  name: z.string(),
  sample: z.string().nullable(),
  pixels: confusion,
  cells: confusion.nullable(),
  instances: z
    .object({ truePositives: z.number(), falsePositives: z.number(), falseNegatives: z.number() })
    .nullable(),
  composition: z.object({ found: z.array(z.number()), truth: z.array(z.number()) }),
});
const reportShape = z.object({
  counts: z.object({ model: z.array(countsShape), baseline: z.array(countsShape) }),
});

/** What the server has counted in every mixture, by the paths of their files. */
export interface ServerScores {
  readonly cellmixer: ReadonlyMap<string, PictureCounts>;
  readonly baseline: ReadonlyMap<string, PictureCounts>;
}

/** The report of the server's evaluation, whose figures are pooled from these counts. */
export async function readScores(
  { evaluation, images }: MainJobResult,
  folder: string,
  signal: AbortSignal,
): Promise<ServerScores> {
  if (evaluation === null) {
    throw new CellMixerError('INVALID_ARGUMENT', 'no mixture shows a cell that could be judged', {
      cure: 'Give mixtures with class maps in mixed/masks_semantic.',
    });
  }
  const file = await fetchFile(evaluation.reportUrl, join(folder, 'evaluation.json'), signal);
  const { counts } = reportShape.parse(JSON.parse(await readFile(file, 'utf8')));
  const paths = new Map([...images].map(([path, id]) => [rowOf(id), path]));
  const byPath = (list: readonly PictureCounts[]) =>
    new Map(list.map((one) => [paths.get(one.name) ?? '', one]));
  return { cellmixer: byPath(counts.model), baseline: byPath(counts.baseline) };
}

/** The report names rows of the database; the API's ids hold them behind the type. */
function rowOf(id: string): string {
  return Buffer.from(id, 'base64').toString().split(':')[1] ?? '';
}
