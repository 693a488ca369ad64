import type { Segmentation } from '@cellmixer/database';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { ImageNode } from '../image/image.type.ts';
import { RunStatusEnum } from '../job/run-status.ts';
import { ModelVersionNode } from '../model/model.type.ts';

export const SegmentationNode = defineNode<Segmentation>('Segmentation');

SegmentationNode.implement({
  description: 'What a model found in one image.',
  fields: (t) => ({
    status: t.expose('status', { type: RunStatusEnum, description: 'Where it stands.' }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it failed.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    cellCount: t.exposeInt('cellCount', { nullable: true, description: 'Cells found.' }),
    composition: t.expose('composition', {
      type: 'JSON',
      nullable: true,
      description: 'Per class: cells, share of cells, share of area, with intervals.',
    }),
    uncertainty: t.exposeFloat('uncertainty', { nullable: true, description: 'Mean over cells, 0 to 1.' }),
    warnings: t.exposeStringList('warnings', { description: 'In plain words; empty when all is well.' }),
    image: t.field({ type: ImageNode, description: 'Where.', resolve: (row) => row.imageId }),
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
    cellsUrl: url(t, 'cellsKey', 'table of cells: CSV', 'text/csv'),
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
