import { Prisma, readRows } from '@cellmixer/database';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { orNull } from '../../graphql/or-null.ts';
import { uuidOf } from '../../graphql/uuid-of.ts';
import { SegmentationNode } from './segmentation.type.ts';
import { inRun, SegmentationRunNode } from './segmentation-run.type.ts';

interface Place {
  readonly before: string | null;
  readonly after: string | null;
  readonly place: number;
  readonly total: number;
}

const PlaceType = builder.objectRef<Place>('SegmentationPlace').implement({
  description: 'Where a segmentation stands among those of a run that ended well, the least sure first.',
  fields: (t) => ({
    before: t.field({
      type: SegmentationNode,
      nullable: true,
      description: 'The one that is less sure; null for the first.',
      resolve: ({ before }, _args, context) => orNull(SegmentationNode, context, before),
    }),
    after: t.field({
      type: SegmentationNode,
      nullable: true,
      description: 'The one that is surer; null for the last. Those without cells are the last.',
      resolve: ({ after }, _args, context) => orNull(SegmentationNode, context, after),
    }),
    place: t.exposeInt('place', { description: 'From 1.' }),
    total: t.exposeInt('total', { description: 'How many there are.' }),
  }),
});

builder.objectFields(SegmentationRunNode, (t) => ({
  place: t.field({
    type: PlaceType,
    nullable: true,
    description:
      'Where a segmentation stands, to walk from one to the next; null where it is not among those that ended well.',
    args: { segmentation: t.arg.globalID({ for: SegmentationNode, description: 'Which one.' }) },
    resolve: async (run, { segmentation }, { actor, database }) => {
      const [found] = await readRows<Place>(
        database,
        Prisma.sql`
        SELECT before, after, place, total FROM (
          SELECT t.id, lag(t.id) OVER sure AS before, lead(t.id) OVER sure AS after,
            row_number() OVER sure::int AS place, count(*) OVER ()::int AS total
          FROM "Segmentation" t
          WHERE ${inRun(Prisma.sql`${run.id}::uuid`)} AND t.status = 'SUCCEEDED' AND ${visible(actor, 'Segmentation')}
          WINDOW sure AS (ORDER BY t.uncertainty DESC NULLS LAST, t.id DESC)) walk
        WHERE id = ${uuidOf(segmentation)}::uuid`,
      );
      return found ?? null;
    },
  }),
}));
