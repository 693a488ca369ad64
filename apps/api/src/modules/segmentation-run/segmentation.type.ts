import { groupCompositions } from '@cellmixer/cellmixer/results';
import type { Segmentation } from '@cellmixer/database';
import type { Context } from '../../graphql/context.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { orNull } from '../../graphql/or-null.ts';
import { ImageNode } from '../image/image.type.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ModelVersionNode } from '../model/model.type.ts';
import { CompositionType, type NamedComposition } from './composition.type.ts';

export const SegmentationNode = defineNode<Segmentation>('Segmentation');

SegmentationNode.implement({
  description: 'What a model found in one image.',
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    cellCount: t.exposeInt('cellCount', { nullable: true, description: 'Cells found.' }),
    composition: t.loadable({
      type: CompositionType,
      nullable: true,
      description: 'Cells by class as the model found them; intervals cover counting alone.',
      load: (keys: string[], context) => loadCompositions(keys, context),
      resolve: (row) => `${row.id} 0`,
    }),
    correctedComposition: t.loadable({
      type: CompositionType,
      nullable: true,
      description: 'The same with people’s corrections; null while there are none.',
      load: (keys: string[], context) => loadCompositions(keys, context),
      resolve: (row) => (row.correctionRevision === 0 ? null : `${row.id} ${row.correctionRevision}`),
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
      resolve: (row, _args, context) => orNull(ImageNode, context, row.imageId),
    }),
    modelVersion: t.field({
      type: ModelVersionNode,
      description: 'By what.',
      resolve: (row) => row.modelVersionId,
    }),
    classMapUrl: url(
      t,
      'classMapKey',
      'class map: an OME-TIFF pyramid, 0 background, 1… the classes',
      'image/tiff',
    ),
    instancesUrl: url(t, 'instancesKey', 'instances: an OME-TIFF pyramid, 0 background', 'image/tiff'),
    overlayUrl: url(t, 'overlayKey', 'picture with the classes in colour: PNG'),
    cellsUrl: url(t, 'cellsKey', 'whole table of cells: CSV', 'text/csv'),
  }),
});

type Fields = Parameters<NonNullable<Parameters<typeof SegmentationNode.implement>[0]['fields']>>[0];

function url(
  t: Fields,
  key: 'classMapKey' | 'instancesKey' | 'overlayKey' | 'cellsKey',
  what: string,
  contentType = 'image/png',
) {
  return t.string({
    nullable: true,
    description: `Where the ${what} can be read for ten minutes.`,
    resolve: (row, _args, context) => objectUrl(context, row[key], contentType),
  });
}

/** @param keys a segmentation's id and the revision whose counts are wanted */
async function loadCompositions(keys: readonly string[], { database }: Context) {
  const wanted = keys.map((key) => key.split(' ') as [string, string]);
  const rows = await database.segmentation.findMany({
    where: { id: { in: wanted.map(([id]) => id) } },
    select: {
      id: true,
      imageId: true,
      modelVersion: { select: { classes: true, colours: true } },
      counts: { orderBy: { position: 'asc' } },
    },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return wanted.map(([id, revision]): NamedComposition => {
    const row = byId.get(id);
    const counts = row?.counts.filter((count) => count.revision === Number(revision)) ?? [];
    // Nothing was counted yet.
    if (row === undefined || counts.length === 0) return null as never;
    const { classes: names, colours } = row.modelVersion;
    const image = {
      ...{ imageId: row.imageId, image: '', sampleId: null, sample: null, plate: null, well: null },
      ...{ replicate: null, treatment: null, dose: null, doseUnit: null, timePoint: null },
      cells: counts.map((count) => count.cells),
      area: counts.map((count) => count.area),
    };
    const [group] = groupCompositions([image], { by: 'IMAGE', classes: names.length });
    return group === undefined ? (null as never) : { ...group, names, colours };
  });
}
