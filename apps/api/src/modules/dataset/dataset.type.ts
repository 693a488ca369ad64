import { byName, type Dataset } from '@cellmixer/database';
import { can } from '../../access/can.ts';
import { builder } from '../../graphql/builder.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { orNull } from '../../graphql/or-null.ts';
import { DatasetVersionNode } from '../dataset-version/dataset-version.type.ts';
import { countImages, ImageCounts } from '../image/count-images.ts';
import { ImageNode } from '../image/image.type.ts';
import { ImageFilterInput, imageCondition, imageFilter } from '../image/image-filter.ts';
import { ProjectNode } from '../project/project.type.ts';
import { SampleNode } from '../sample/sample.type.ts';
import { SampleFilterInput, sampleFilter, withImagesIn } from '../sample/sample-filter.ts';
import { samplesOf } from '../sample/table/read-written-rows.ts';
import { writeTable } from '../sample/table/write-table.ts';
import { listUploads, UploadType } from '../upload/upload.type.ts';

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
    filenamePattern: t.exposeString('filenamePattern', {
      nullable: true,
      description: 'Such as {line}_{well}_{site}; fills samples from the names of new uploads.',
    }),
    revision: t.exposeInt('revision', { description: 'Counts the changes; give it when you change it.' }),
    project: t.field({
      type: ProjectNode,
      nullable: true,
      description: 'Where it belongs; null for those whom it is lent or shown to.',
      resolve: (row, _args, context) => orNull(ProjectNode, context, row.projectId),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    viewerCanEdit: t.boolean({
      description: 'Whether the asker may upload and label.',
      resolve: (row, _args, { actor }) => can(actor, 'data.edit', { projectId: row.projectId }),
    }),
    images: t.connection({
      type: ImageNode,
      description: `Images, newest first. ${pageWords}`,
      args: { filter: t.arg({ type: ImageFilterInput, required: false, description: 'Which of them.' }) },
      resolve: (row, { filter, ...page }, context) => {
        const also = imageFilter(context.actor, filter);
        return listUnder(context, { ...newest('Image', 'datasetId'), also }, row, page);
      },
    }),
    uploads: t.field({
      type: [UploadType],
      description: 'Uploads, newest first, up to 1,000; none for those who may not upload.',
      args: {
        uploadIds: t.arg.idList({
          required: false,
          description: 'Only these, whatever became of them; else those that are open or broke off.',
        }),
      },
      resolve: async (row, { uploadIds }, context) => {
        const project = await orNull(ProjectNode, context, row.projectId);
        if (project === null || !can(context.actor, 'data.edit', { projectId: project.id })) return [];
        const ids = uploadIds?.map(String).slice(0, 1000) ?? null;
        return listUploads(context, row.id, project.organizationId, ids);
      },
    }),
    imageCounts: t.field({
      type: ImageCounts,
      description: 'How many images there are, by status and by what they show.',
      args: { filter: t.arg({ type: ImageFilterInput, required: false, description: 'Which of them.' }) },
      resolve: (row, { filter }, context) =>
        countImages(context, row.id, imageCondition(context.actor, filter)),
    }),
    samplesCsv: t.string({
      nullable: true,
      description:
        'A row for each image, as importSamples takes it back: to be edited in a spreadsheet. Null for those whom data is lent to.',
      resolve: async (row, _args, context) =>
        can(context.actor, 'project.see', { projectId: row.projectId })
          ? writeTable(await samplesOf(context, 'Dataset', row.id), true)
          : null,
    }),
    samples: t.connection({
      type: SampleNode,
      description: `Samples that its images show, by name. ${pageWords}`,
      args: { filter: t.arg({ type: SampleFilterInput, required: false, description: 'Which of them.' }) },
      resolve: (row, { filter, ...page }, context) => {
        const also = sampleFilter(filter);
        return listUnder(context, { table: 'Sample', also, order: byName, parent: withImagesIn }, row, page);
      },
    }),
    versions: t.connection({
      type: DatasetVersionNode,
      description: `Immutable snapshots, newest first. ${pageWords}`,
      resolve: (row, args, context) => listUnder(context, newest('DatasetVersion', 'datasetId'), row, args),
    }),
  }),
});
