import { verdictOf } from '@cellmixer/cellmixer/card';
import type { Model, ModelVersion } from '@cellmixer/database';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { loadTogether } from '../../graphql/request-loader.ts';
import { checksOfVersions } from './checks-of-versions.ts';
import { ModelCardType, VerdictType } from './model-card.type.ts';
import { readCard } from './read-card.ts';

export const ModelNode = defineNode<Model>('Model');
export const ModelVersionNode = defineNode<ModelVersion>('ModelVersion');

const calibrationShape = z.object({
  modality: z.string(),
  channels: z.int(),
  cellDiameterPx: z.number(),
  workingScale: z.number(),
  pixelSizeUm: z.number().nullable(),
  intensityScale: z.array(z.number()),
  noise: z.number(),
});

const CalibrationType = builder.objectRef<z.output<typeof calibrationShape>>('Calibration').implement({
  description: 'What turns native pixels into a network’s input: one for the whole run.',
  fields: (t) => ({
    modality: t.exposeString('modality', { description: 'transmitted, stained or fluorescence.' }),
    channels: t.exposeInt('channels', { description: 'Channels of a picture.' }),
    cellDiameterPx: t.exposeFloat('cellDiameterPx', { description: 'Typical cell, native pixels.' }),
    workingScale: t.exposeFloat('workingScale', { description: 'Working pixels a native pixel, up to 1.' }),
    pixelSizeUm: t.exposeFloat('pixelSizeUm', {
      nullable: true,
      description: 'Micrometres a native pixel; pictures of another size are rescaled.',
    }),
    intensityScale: t.exposeFloatList('intensityScale', {
      description:
        'Per channel: a calibrated value of 1 is this much of ratio to the background, or of grey values.',
    }),
    noise: t.exposeFloat('noise', { description: 'Highest background noise of any line, calibrated.' }),
  }),
});

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
    calibration: t.field({
      type: CalibrationType,
      nullable: true,
      description: 'What turns native pixels into its input; null where it was made without.',
      resolve: (row) => calibrationShape.safeParse(row.calibration).data ?? null,
    }),
    stageReason: t.exposeString('stageReason', {
      nullable: true,
      description: 'Why it was last accepted, archived or made a candidate again.',
    }),
    stagedAt: t.expose('stagedAt', { type: 'DateTime', nullable: true, description: 'When that was.' }),
    card: t.field({
      type: ModelCardType,
      nullable: true,
      description: 'What a person must know before using it; null where it was made without a card.',
      resolve: (row) => readCard(row.card),
    }),
    verdict: t.field({
      type: VerdictType,
      description: 'Whether it may be used, from its five checks as they stand now.',
      resolve: (row, _args, context) =>
        loadTogether(context, 'verdicts', row.id, async (ids) => {
          const found = await checksOfVersions(context.database, ids);
          return new Map(
            ids.map((id) => {
              const checks = found.get(id) ?? [];
              return [id, { ...verdictOf(checks), checks }];
            }),
          );
        }),
    }),
    checksum: t.exposeString('checksum', { description: 'SHA-256 of model.onnx.' }),
    sizeBytes: t.float({ description: 'Bytes of model.onnx.', resolve: (row) => Number(row.sizeBytes) }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    model: t.field({
      type: ModelNode,
      description: 'The model that it is a version of.',
      resolve: (row) => row.modelId,
    }),
    trainingRunId: t.id({
      nullable: true,
      description: 'The training that made it; `node` gives it, unless it was deleted.',
      resolve: (row) =>
        row.trainingRunId === null ? null : encodeGlobalID('TrainingRun', row.trainingRunId),
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
      resolve: (row, args, context) => listUnder(context, newest('ModelVersion', 'modelId'), row, args),
    }),
  }),
});
