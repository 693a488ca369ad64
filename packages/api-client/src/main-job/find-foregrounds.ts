import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';
import type { Lab } from '../lab.ts';

const summaryShape = z.object({
  foregroundSummary: z.object({ pictures: z.number(), waiting: z.number(), flagged: z.number() }),
});
const jobsShape = z.object({
  jobs: z.object({ edges: z.array(z.object({ node: z.object({ kind: z.string() }) })) }),
});
const jobsQuery = `query($project: ID!) {
  jobs(project: $project, unfinished: true, first: 100) { edges { node { kind } } }
}`;

/** How many pictures have masks now, and how many of them somebody should look at. */
export interface FoundForegrounds {
  readonly pictures: number;
  readonly flagged: number;
}

/**
 * Waits until the cells of a dataset's pure pictures are found, which begins when they are labelled.
 *
 * @throws RUN_FAILED where pictures are left without a mask and nothing is being done about it
 */
export async function findForegrounds(
  lab: Lab,
  project: string,
  dataset: string,
  onProgress: (done: number, total: number) => void,
): Promise<FoundForegrounds> {
  const look = async () =>
    (await lab.look('Dataset', dataset, 'foregroundSummary { pictures waiting flagged }', summaryShape))
      .foregroundSummary;
  for (;;) {
    const { pictures, waiting, flagged } = await look();
    onProgress(pictures - waiting, pictures);
    if (waiting === 0) return { pictures, flagged };
    const { jobs } = await lab.client.request(jobsQuery, { project }, jobsShape);
    const isWorking = jobs.edges.some(({ node }) => node.kind === 'FOREGROUND');
    if (!isWorking && (await look()).waiting > 0) {
      throw new CellMixerError('RUN_FAILED', `the cells of ${waiting} pictures could not be found`, {
        subject: dataset,
        cure: 'Look at the jobs of the project: each names its picture and what to do.',
      });
    }
    await lab.pause(500);
  }
}
