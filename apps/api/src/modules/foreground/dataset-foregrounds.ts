import { type Database, type ListOrder, Prisma } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ForegroundDecisionEnum, ForegroundFlagEnum, ForegroundNode } from './foreground.type.ts';
import { pureImages } from './pure-images.ts';

const worstFirst: ListOrder = { column: 'concern', type: 'float8', descending: true };

interface Summary {
  readonly pictures: number;
  readonly waiting: number;
  readonly found: number;
  readonly tuned: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly flagged: number;
  readonly overridden: number;
  readonly flags: Readonly<Record<string, number>> | null;
}

interface FlagCount {
  readonly kind: (typeof ForegroundFlagEnum)['$inferType'];
  readonly count: number;
}

const FlagCountType = builder.objectRef<FlagCount>('ForegroundFlagCount').implement({
  description: 'How many pictures carry a flag.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ForegroundFlagEnum, description: 'The flag.' }),
    count: t.exposeInt('count', { description: 'Pictures.' }),
  }),
});

const SummaryType = builder.objectRef<Summary>('ForegroundSummary').implement({
  description: 'How far the foreground of a dataset’s pure pictures is; each counts by its newest mask.',
  fields: (t) => ({
    pictures: t.exposeInt('pictures', { description: 'Pictures that show one line alone and can be read.' }),
    waiting: t.exposeInt('waiting', { description: 'Those without a mask yet.' }),
    found: t.exposeInt('found', { description: 'Found, and nobody has looked.' }),
    tuned: t.exposeInt('tuned', { description: 'Made with parameters that somebody set, not accepted yet.' }),
    accepted: t.exposeInt('accepted', { description: 'Accepted.' }),
    rejected: t.exposeInt('rejected', { description: 'Rejected: trainings leave these pictures out.' }),
    flagged: t.exposeInt('flagged', { description: 'With a flag or more.' }),
    overridden: t.exposeInt('overridden', { description: 'With parameters of their own.' }),
    flags: t.field({
      type: [FlagCountType],
      description: 'By flag, the most frequent first.',
      resolve: ({ flags }) =>
        Object.entries(flags ?? {})
          .map(([kind, count]) => ({ kind: kind as FlagCount['kind'], count }))
          .sort((a, b) => b.count - a.count),
    }),
  }),
});

builder.objectFields(DatasetNode, (t) => ({
  foregroundParameters: t.expose('foregroundParameters', {
    type: 'JSON',
    description: 'What people have set for the whole dataset; each picture suggests the rest.',
  }),
  foregrounds: t.connection({
    type: ForegroundNode,
    description: `The newest mask of every pure picture, the one that most needs a look first. ${pageWords}`,
    args: {
      decision: t.arg({
        type: ForegroundDecisionEnum,
        required: false,
        description: 'Only those of which people made this.',
      }),
      flagged: t.arg.boolean({
        required: false,
        description: 'Only those with a flag, or only those without.',
      }),
    },
    resolve: (row, { decision, flagged, ...page }, context) => {
      const conditions: Prisma.Sql[] = [];
      if (decision != null) conditions.push(Prisma.sql`t.decision = ${decision}::"ForegroundDecision"`);
      if (flagged != null) conditions.push(Prisma.sql`(cardinality(t.flags) > 0) = ${flagged}`);
      const also = conditions.length === 0 ? undefined : Prisma.join(conditions, ' AND ');
      return listUnder(
        context,
        { table: 'Foreground', also, order: worstFirst, parent: 'contactSheetId' },
        row,
        page,
      );
    },
  }),
  foregroundSummary: t.field({
    type: SummaryType,
    description: 'How far the foreground is.',
    resolve: ({ id }, _args, context) =>
      loadTogether(context, 'foregroundSummary', id, (ids) => readSummaries(context.database, ids)),
  }),
}));

async function readSummaries(
  database: Database,
  datasetIds: readonly string[],
): Promise<Map<string, Summary>> {
  const rows = await database.$queryRaw<(Summary & { readonly datasetId: string })[]>(Prisma.sql`
    SELECT d.id::text AS "datasetId", summary.* FROM unnest(${[...datasetIds]}::uuid[]) AS d(id) CROSS JOIN LATERAL (
      WITH pictures AS (${pureImages(Prisma.sql`d.id`)}),
      masks AS (SELECT t.decision, t.flags FROM "Foreground" t WHERE t."contactSheetId" = d.id)
      SELECT (SELECT count(*) FROM pictures)::int AS pictures,
        (SELECT count(*) FROM pictures)::int - count(*)::int AS waiting,
        count(*) FILTER (WHERE decision = 'FOUND')::int AS found,
        count(*) FILTER (WHERE decision = 'TUNED')::int AS tuned,
        count(*) FILTER (WHERE decision = 'ACCEPTED')::int AS accepted,
        count(*) FILTER (WHERE decision = 'REJECTED')::int AS rejected,
        count(*) FILTER (WHERE cardinality(flags) > 0)::int AS flagged,
        (SELECT count(*) FROM "Image" i JOIN pictures p ON p.id = i.id
          WHERE i."foregroundParameters" IS NOT NULL)::int AS overridden,
        (SELECT json_object_agg(flag, number) FROM (SELECT flag, count(*) AS number
          FROM masks m, unnest(m.flags) AS flag GROUP BY flag) AS counted) AS flags
      FROM masks) summary`);
  return new Map(rows.map(({ datasetId, ...summary }) => [datasetId, summary]));
}
