import type { Annotation } from '@cellmixer/database';
import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { orNull } from '../../graphql/or-null.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';

export const AnnotationNode = defineNode<Annotation>('Annotation');

const AnnotationKindEnum = builder.enumType('AnnotationKind', {
  description: 'What a truth tells of each pixel.',
  values: {
    CLASS_MAP: { description: 'Which line it belongs to.' },
    INSTANCE_MAP: { description: 'Which object it belongs to.' },
    TAGGED_CHANNEL: { description: 'How bright a tag of one line is.' },
  } as const,
});

interface AnnotatedClass {
  readonly value: number;
  readonly cellLineId: string;
}

const AnnotatedClassType = builder.objectRef<AnnotatedClass>('AnnotatedClass').implement({
  description: 'What a value in a map stands for.',
  fields: (t) => ({
    value: t.exposeInt('value', { description: 'The value; of instances, the object.' }),
    cellLine: t.field({
      type: CellLineNode,
      nullable: true,
      description: 'The line; null for those who may not see it.',
      resolve: (row, _args, context) => orNull(CellLineNode, context, row.cellLineId),
    }),
  }),
});

const classesShape = z.record(z.string(), z.string());

AnnotationNode.implement({
  description: 'Truth that somebody supplied for an image: for scoring, never needed for training.',
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: 'Counts the maps of its image, of all kinds.' }),
    kind: t.expose('kind', { type: AnnotationKindEnum, description: 'What it tells of each pixel.' }),
    classes: t.field({
      type: [AnnotatedClassType],
      description: 'What its values stand for. 0 is background; in a class map 255 is not judged.',
      resolve: ({ classes }) =>
        Object.entries(classesShape.parse(classes)).map(([value, cellLineId]) => ({
          value: Number(value),
          cellLineId,
        })),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was taken.' }),
    url: t.string({
      description: 'Where the map can be read for ten minutes: a PNG, or a TIFF beyond 65,535 objects.',
      resolve: (row, _args, context) =>
        objectUrl(context, row.objectKey, row.objectKey.endsWith('.tif') ? 'image/tiff' : 'image/png'),
    }),
  }),
});
