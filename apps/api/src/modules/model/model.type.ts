import type { Model, ModelVersion } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';

export const ModelNode = defineNode<Model>('Model');
export const ModelVersionNode = defineNode<ModelVersion>('ModelVersion');

export const ModelStageEnum = builder.enumType('ModelStage', {
  description: 'What people think of a model version.',
  values: ['CANDIDATE', 'ACCEPTED', 'ARCHIVED'] as const,
});

ModelVersionNode.implement({
  description: 'A trained network with all that using it needs.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts from 1 in its model.' }),
    stage: t.expose('stage', { type: ModelStageEnum, description: 'What people think of it.' }),
    classes: t.exposeStringList('classes', {
      description: 'What it tells apart, in the order of its outputs.',
    }),
    colours: t.exposeStringList('colours', { description: 'Overlay colours of the classes.' }),
    calibration: t.expose('calibration', {
      type: 'JSON',
      description: 'What turns native pixels into its input.',
    }),
    card: t.expose('card', { type: 'JSON', description: 'What a person must know before using it.' }),
    checksum: t.exposeString('checksum', { description: 'SHA-256 of model.onnx.' }),
    sizeBytes: t.float({ description: 'Bytes of model.onnx.', resolve: (row) => Number(row.sizeBytes) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    model: t.field({
      type: ModelNode,
      description: 'The model that it is a version of.',
      resolve: (row) => row.modelId,
    }),
    fileUrl: t.string({
      description: 'Where model.onnx can be read for ten minutes.',
      resolve: (row, _args, context) =>
        objectUrl(context, row.objectKey, 'application/octet-stream', 'model.onnx'),
    }),
  }),
});

ModelNode.implement({
  description: 'What trainings of one name have made.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Shown everywhere.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the first training ended.' }),
    versions: t.connection({
      type: ModelVersionNode,
      description: `Versions, newest first. ${pageWords}`,
      resolve: (row, args, context) =>
        listUnder(context, newest('ModelVersion', 'modelId', context), row.id, args),
    }),
  }),
});
