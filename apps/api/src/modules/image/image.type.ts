import { cursorOf, type Image, type PageRequest, Prisma } from '@cellmixer/database';
import { fileOf } from '@cellmixer/sample-names';
import { encodeGlobalID } from '@pothos/plugin-relay';
import { readsOf } from '../../graphql/columns.ts';
import { listUnder, pageWords } from '../../graphql/connection.ts';
import { newest } from '../../graphql/newest.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { orNull } from '../../graphql/or-null.ts';
import { AnnotationNode } from '../annotation/annotation.type.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ForegroundNode } from '../foreground/foreground.type.ts';
import { linesOfSample } from '../sample/lines-of-sample.ts';
import { SampleNode } from '../sample/sample.type.ts';
import { SegmentationNode } from '../segmentation-run/segmentation.type.ts';
import { AcquisitionDateSourceEnum } from './acquisition-date-source.ts';
import { ImageStack, ImageTimePoint } from './image-planes.ts';
import { ImageStatusEnum } from './image-status.ts';

export const ImageNode = defineNode<Image>('Image');
const reads = readsOf<Image>('Image');

const endedWell = Prisma.sql`t.status = 'SUCCEEDED'`;

ImageNode.implement({
  description:
    'One field of one sample, at one time. The original is kept byte for byte; time points of one file share it.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description:
        'The file’s name; with its number, such as “C7.ome.tif · t 3”, where it is one of several time points.',
    }),
    status: t.expose('status', { type: ImageStatusEnum, description: 'Whether it can be used.' }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'Why it could not be read.' }),
    errorMessage: t.exposeString('errorMessage', { nullable: true, description: 'The same in words.' }),
    errorCure: t.exposeString('errorCure', { nullable: true, description: 'What to do about it.' }),
    checksum: t.exposeString('checksum', { nullable: true, description: 'SHA-256 of the original.' }),
    sizeBytes: t.float({
      description: 'Bytes of the original.',
      resolve: reads('sizeBytes')((row) => Number(row.sizeBytes)),
    }),
    width: t.exposeInt('width', { nullable: true, description: 'Pixels.' }),
    height: t.exposeInt('height', { nullable: true, description: 'Pixels.' }),
    channels: t.exposeInt('channels', { nullable: true, description: 'Planes of a pixel.' }),
    depth: t.exposeInt('depth', { nullable: true, description: 'Bits of a stored value.' }),
    pixelSizeUm: t.exposeFloat('pixelSizeUm', { nullable: true, description: 'Micrometres a pixel.' }),
    timePoint: t.field({
      type: ImageTimePoint,
      nullable: true,
      description:
        'Its place in the time series that its file holds; null where the file holds one time point.',
      resolve: reads(
        'timePoint',
        'timePoints',
        'secondsSinceFirst',
      )((row) => (row.timePoint === null ? null : row)),
    }),
    stack: t.field({
      type: ImageStack,
      nullable: true,
      description: 'How it was made of the planes of a z-stack; null where there was one plane.',
      resolve: reads('stackPlanes', 'stackPlane')((row) => (row.stackPlanes === null ? null : row)),
    }),
    acquiredAt: t.expose('acquiredAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the picture was taken, where the file says so; `acquiredFrom` tells by what. A clock without a time zone is given as if it were UTC.',
    }),
    acquiredFrom: t.expose('acquiredFrom', {
      type: AcquisitionDateSourceEnum,
      nullable: true,
      description: 'What `acquiredAt` is taken from; null where the file says nothing.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was uploaded.' }),
    cursor: t.string({
      description:
        'Its place in lists of images: given as `after` or `before`, they go on from it without being walked up to it.',
      resolve: reads('id', 'createdAt')(cursorOf),
    }),
    datasetId: t.id({
      description: 'Where it was uploaded; `node` gives it to those who may see the whole of it.',
      resolve: reads('datasetId')((row) => encodeGlobalID('Dataset', row.datasetId)),
    }),
    sample: t.field({
      type: SampleNode,
      nullable: true,
      description: 'The culture that it shows; null for those whom the dataset is lent or shown to.',
      resolve: reads('sampleId')((row, _args, context) => orNull(SampleNode, context, row.sampleId)),
    }),
    cellLines: t.field({
      type: [CellLineNode],
      description:
        'The lines that it shows: one of a pure culture, several of a mixture, none while it is not labelled.',
      resolve: reads('sampleId')(async (row, _args, context) => {
        if (row.sampleId === null) return [];
        const seeded = await linesOfSample(context, row.sampleId);
        const lines = seeded.map(({ cellLineId }) => orNull(CellLineNode, context, cellLineId));
        return (await Promise.all(lines)).filter((line) => line !== null);
      }),
    }),
    originalUrl: t.string({
      nullable: true,
      description: 'Where the original can be read for ten minutes.',
      resolve: reads(
        'originalKey',
        'name',
      )((row, _args, context) =>
        objectUrl(context, row.originalKey, 'application/octet-stream', fileOf(row.name)),
      ),
    }),
    thumbnailUrl: t.string({
      nullable: true,
      description: 'Where a small picture can be read for ten minutes.',
      resolve: reads('thumbnailKey')((row, _args, context) =>
        objectUrl(context, row.thumbnailKey, 'image/png'),
      ),
    }),
    pyramidUrl: t.string({
      nullable: true,
      description: 'Where the OME-TIFF pyramid can be read for ten minutes.',
      resolve: reads('pyramidKey')((row, _args, context) => objectUrl(context, row.pyramidKey, 'image/tiff')),
    }),
    foregroundOverridden: t.boolean({
      description: 'Whether its foreground parameters are its own instead of the dataset’s.',
      resolve: reads('foregroundParameters')((row) => row.foregroundParameters !== null),
    }),
    foregrounds: t.connection({
      type: ForegroundNode,
      description: `Unsupervised masks, newest first. ${pageWords}`,
      resolve: reads('id')((row, args: PageRequest, context) =>
        listUnder(context, newest('Foreground', 'imageId'), row, args),
      ),
    }),
    annotations: t.connection({
      type: AnnotationNode,
      description: `Truth that somebody supplied, newest first. ${pageWords}`,
      resolve: reads('id')((row, args: PageRequest, context) =>
        listUnder(context, newest('Annotation', 'imageId'), row, args),
      ),
    }),
    segmentations: t.connection({
      type: SegmentationNode,
      description: `What models found here, newest first. ${pageWords}`,
      args: { succeeded: t.arg.boolean({ required: false, description: 'Only those that ended well.' }) },
      resolve: reads('id')((row, args, context) =>
        listUnder(
          context,
          { ...newest('Segmentation', 'imageId'), also: args.succeeded ? endedWell : undefined },
          row,
          args,
        ),
      ),
    }),
  }),
});
