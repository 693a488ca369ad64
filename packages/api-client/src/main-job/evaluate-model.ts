import { z } from 'zod';
import type { Lab } from '../lab.ts';
import { demandSuccess } from './demand-success.ts';

const scoreShape = z.object({
  name: z.string(),
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
const judgementShape = z.object({ images: z.int(), samples: z.int(), scores: z.array(scoreShape) });

const evaluationShape = z.object({
  id: z.string(),
  reportUrl: z.url(),
  results: z.object({
    model: judgementShape,
    baseline: judgementShape.nullable(),
    gain: z.array(scoreShape).nullable(),
  }),
});
const score = 'name value low high';
const judgement = `images samples scores { ${score} }`;
const evaluationFields = `id reportUrl results { model { ${judgement} } baseline { ${judgement} } gain { ${score} } }`;

/** How a model did on annotated images, beside its baseline. The report's address can be read for ten minutes. */
export type ModelEvaluation = z.output<typeof evaluationShape>;

/** Scores a model version on the annotated images of a snapshot and waits. */
export async function evaluateModel(
  lab: Lab,
  order: { readonly project: string; readonly modelVersion: string; readonly version: string },
): Promise<ModelEvaluation> {
  const id = await lab.make('evaluateModel', order, 'evaluation');
  const ended = z.object({
    status: z.string(),
    errorMessage: z.string().nullable(),
    errorCure: z.string().nullable(),
  });
  demandSuccess('the evaluation', await lab.ended('Evaluation', id, 'status errorMessage errorCure', ended));
  return lab.look('Evaluation', id, evaluationFields, evaluationShape);
}
