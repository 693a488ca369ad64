import type { Dataset } from '@cellmixer/database';
import { can } from '../../access/can.ts';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { ImageNode } from '../image/image.type.ts';

export const ModalityEnum = builder.enumType('Modality', {
  description: 'How light made the pictures.',
  values: ['PHASE_CONTRAST', 'BRIGHTFIELD', 'DIC', 'FLUORESCENCE', 'STAINED'] as const,
});

export const DatasetNode = defineNode<Dataset>('Dataset');

DatasetNode.implement({
  description: 'Images of one modality.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown everywhere.' }),
    modality: t.expose('modality', { type: ModalityEnum, description: 'How light made the pictures.' }),
    pixelSizeUm: t.exposeFloat('pixelSizeUm', {
      nullable: true,
      description: 'Micrometres a pixel, for files that do not say.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    viewerCanEdit: t.boolean({
      description: 'Whether the asker may upload and label.',
      resolve: (row, _args, { actor }) => can(actor, 'data.edit', { projectId: row.projectId }),
    }),
    images: t.connection({
      type: ImageNode,
      description: `Images, newest first. ${pageWords}`,
      resolve: (row, args, context) =>
        listUnder(context, newest('Image', 'datasetId', context), row.id, args),
    }),
    versions: t.connection({
      type: DatasetVersionNode,
      description: `Immutable snapshots, newest first. ${pageWords}`,
      resolve: (row, args, context) =>
        listUnder(context, newest('DatasetVersion', 'datasetId', context), row.id, args),
    }),
  }),
});
