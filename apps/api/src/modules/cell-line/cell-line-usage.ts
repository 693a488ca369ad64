import { Prisma } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { loadTogether } from '../../graphql/request-loader.ts';

interface Usage {
  readonly samples: number;
  readonly images: number;
  readonly trainingRuns: number;
}

export const CellLineUsage = builder.objectRef<Usage>('CellLineUsage').implement({
  description: 'Where a line is used.',
  fields: (t) => ({
    samples: t.exposeInt('samples', { description: 'Samples that it was seeded in.' }),
    images: t.exposeInt('images', { description: 'Images of those samples.' }),
    trainingRuns: t.exposeInt('trainingRuns', { description: 'Trainings that learned it.' }),
  }),
});

const unused: Usage = { samples: 0, images: 0, trainingRuns: 0 };

/** Counts of what the asker may see; one statement for all lines of a request. */
export function countUsage(context: Context, cellLineId: string): Promise<Usage> {
  const { actor, database } = context;
  return loadTogether<Usage>(context, 'cell line usage', cellLineId, async (ids) => {
    const rows = await database.$queryRaw<(Usage & { readonly id: string })[]>(Prisma.sql`
      WITH seeded AS (
        SELECT l."cellLineId", t.id FROM "SampleLine" l JOIN "Sample" t ON t.id = l."sampleId"
        WHERE l."cellLineId" = ANY(${[...ids]}::uuid[]) AND ${visible(actor, 'Sample')}
      )
      SELECT asked.id,
        (SELECT count(*)::int FROM seeded s WHERE s."cellLineId" = asked.id) AS samples,
        (SELECT count(*)::int FROM "Image" t WHERE ${visible(actor, 'Image')}
          AND t."sampleId" IN (SELECT s.id FROM seeded s WHERE s."cellLineId" = asked.id)) AS images,
        (SELECT count(*)::int FROM "TrainingRun" t WHERE ${visible(actor, 'TrainingRun')}
          AND t.id IN (SELECT c."runId" FROM "TrainingSource" c WHERE c."cellLineId" = asked.id)) AS "trainingRuns"
      FROM unnest(${[...ids]}::uuid[]) AS asked(id)`);
    const found = new Map(rows.map((row) => [row.id, row]));
    return new Map(ids.map((id) => [id, found.get(id) ?? unused]));
  });
}
