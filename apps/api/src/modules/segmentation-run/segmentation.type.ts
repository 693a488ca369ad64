import { groupCompositions } from '@cellmixer/cellmixer/results';
import type { Segmentation } from '@cellmixer/database';
import { readsOf } from '../../graphql/columns.ts';
import type { Context } from '../../graphql/context.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { orNull } from '../../graphql/or-null.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { ImageNode } from '../image/image.type.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { CompositionType, type NamedComposition } from './composition.type.ts';

export const SegmentationNode = defineNode<Segmentation>('Segmentation');
const reads = readsOf<Segmentation>('Segmentation');

SegmentationNode.implement({
  description: 'What a model found in one image.',
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    cellCount: t.exposeInt('cellCount', { nullable: true, description: 'Cells found.' }),
    composition: t.field({
      type: CompositionType,
      nullable: true,
      description: 'Cells by class as the model found them; intervals cover counting alone.',
      resolve: reads('id', 'imageId')((row, _args, context) => compositionOf(context, row, 0)),
    }),
    correctedComposition: t.field({
      type: CompositionType,
      nullable: true,
      description: 'The same with people’s corrections; null while there are none.',
      resolve: reads(
        'id',
        'imageId',
        'correctionRevision',
      )((row, _args, context) =>
        row.correctionRevision === 0 ? null : compositionOf(context, row, row.correctionRevision),
      ),
    }),
    uncertainty: t.exposeFloat('uncertainty', {
      nullable: true,
      description: 'Mean over cells, 0 sure to 1 as unsure as can be.',
    }),
    warnings: t.exposeStringList('warnings', { description: 'In plain words; empty when all is well.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was asked for.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', nullable: true, description: 'When it ended.' }),
    image: t.field({
      type: ImageNode,
      nullable: true,
      description: 'Where; null where the image was deleted or is not lent any more.',
      resolve: reads('imageId')((row, _args, context) => orNull(ImageNode, context, row.imageId)),
    }),
    modelVersion: t.field({
      type: ModelVersionNode,
      description: 'By what.',
      resolve: reads('modelVersionId')((row) => row.modelVersionId),
    }),
    classMapUrl: url(
      t,
      'classMapKey',
      'class map: an OME-TIFF pyramid, 0 background, 1… the classes',
      'image/tiff',
    ),
    instancesUrl: url(t, 'instancesKey', 'instances: an OME-TIFF pyramid, 0 background', 'image/tiff'),
    uncertaintyUrl: url(
      t,
      'uncertaintyKey',
      'uncertainty: an OME-TIFF pyramid, 0 sure to 255 as unsure as can be; none of older segmentations;',
      'image/tiff',
    ),
    overlayUrl: url(t, 'overlayKey', 'picture with the classes in colour: PNG'),
    cellsUrl: url(t, 'cellsKey', 'whole table of cells: CSV', 'text/csv'),
  }),
});

type Fields = Parameters<NonNullable<Parameters<typeof SegmentationNode.implement>[0]['fields']>>[0];

function url(
  t: Fields,
  key: 'classMapKey' | 'instancesKey' | 'uncertaintyKey' | 'overlayKey' | 'cellsKey',
  what: string,
  contentType = 'image/png',
) {
  return t.string({
    nullable: true,
    description: `Where the ${what} can be read for ten minutes.`,
    resolve: reads(key)((row, _args, context) => objectUrl(context, row[key], contentType)),
  });
}

interface Counted {
  readonly id: string;
  readonly revision: number;
  readonly names: readonly string[];
  readonly colours: readonly string[];
  readonly cells: readonly number[];
  readonly area: readonly number[];
}

/** What was counted at a revision of people's corrections; null where nothing was yet. */
async function compositionOf(
  context: Context,
  { id, imageId }: Pick<Segmentation, 'id' | 'imageId'>,
  revision: number,
): Promise<NamedComposition | null> {
  const counts = await loadTogether(context, 'counts of segmentations', id, (ids) =>
    readCounts(context, ids),
  );
  const counted = counts.find((one) => one.revision === revision);
  if (counted === undefined) return null;
  const { names, colours, cells, area } = counted;
  const image = {
    ...{ imageId, image: '', seriesId: null, sampleId: null, sample: null, plate: null, well: null },
    ...{ replicate: null, treatment: null, dose: null, doseUnit: null, timePoint: null },
    ...{ cells, area },
  };
  const [group] = groupCompositions([image], { by: 'IMAGE', classes: names.length });
  return group === undefined ? null : { ...group, names, colours };
}

/** The counts that a person may ask for: the model's own, and those with the corrections that count. */
async function readCounts({ database }: Context, ids: readonly string[]): Promise<Map<string, Counted[]>> {
  const rows = await database.$queryRaw<Counted[]>`
    SELECT s.id::text AS id, c.revision, v.classes AS names, v.colours,
      array_agg(c.cells ORDER BY c.position) AS cells, array_agg(c.area ORDER BY c.position) AS area
    FROM "Segmentation" s JOIN "ModelVersion" v ON v.id = s."modelVersionId"
    JOIN "ClassCount" c ON c."segmentationId" = s.id AND c.revision IN (0, s."correctionRevision")
    WHERE s.id = ANY(${[...ids]}::uuid[]) GROUP BY s.id, c.revision, v.id`;
  const byId = Map.groupBy(rows, (row) => row.id);
  return new Map(ids.map((id) => [id, byId.get(id) ?? []]));
}
