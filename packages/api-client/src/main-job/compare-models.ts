import { z } from 'zod';
import type { Lab } from '../lab.ts';
import { demandSuccess } from './demand-success.ts';

const share = z.number().min(0).max(1);

const resultsShape = z.looseObject({
  images: z.array(
    z.looseObject({
      imageId: z.string(),
      disagreement: z.array(z.object({ agree: share, foreground: share, type: share })),
    }),
  ),
});

/** A comparison's id, and where the models agree, image by image. */
export interface ComparedModels {
  readonly id: string;
  readonly results: z.output<typeof resultsShape>;
}

const jobsShape = z.object({
  jobs: z.object({
    edges: z.array(
      z.object({
        node: z.object({
          kind: z.string(),
          status: z.string(),
          errorMessage: z.string().nullable(),
          errorCure: z.string().nullable(),
        }),
      }),
    ),
  }),
});
const jobsQuery = `query($project: ID!) {
  jobs(project: $project, first: 20) { edges { node { kind status errorMessage errorCure } } }
}`;

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
  for (;;) {
    const { results } = await lab.look('Comparison', id, 'results', z.object({ results: z.unknown() }));
    if (results !== null) return { id, results: resultsShape.parse(results) };
    const { jobs } = await lab.client.request(jobsQuery, { project: order.project }, jobsShape);
    const latest = jobs.edges.find(({ node }) => node.kind === 'COMPARE')?.node;
    if (latest?.status === 'FAILED') demandSuccess('the comparison', latest);
    await lab.pause(500);
  }
}
