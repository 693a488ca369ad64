import { z } from 'zod';
import type { Lab } from '../lab.ts';
import { demandSuccess } from './demand-success.ts';

const share = z.number().min(0).max(1);

const resultsShape = z.object({
  images: z.number(),
  agreements: z.array(z.object({ agree: share, foreground: share, type: share })),
});
const endedShape = z.object({
  status: z.string(),
  errorMessage: z.string().nullable(),
  errorCure: z.string().nullable(),
  results: resultsShape.nullable(),
});
const endedFields = 'status errorMessage errorCure results { images agreements { agree foreground type } }';

/** A comparison's id, and where every two of its models agree. */
export interface ComparedModels {
  readonly id: string;
  readonly results: z.output<typeof resultsShape>;
}

/** Compares what models found in the images of a snapshot and waits. */
export async function compareModels(
  lab: Lab,
  order: {
    readonly project: string;
    readonly name: string;
    readonly modelVersions: readonly string[];
    readonly version: string;
  },
): Promise<ComparedModels> {
  const id = await lab.make('createComparison', order, 'comparison');
  const ended = await lab.ended('Comparison', id, endedFields, endedShape);
  demandSuccess('the comparison', ended);
  return { id, results: resultsShape.parse(ended.results) };
}
