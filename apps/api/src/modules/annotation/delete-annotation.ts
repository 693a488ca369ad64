import type { Annotation, Dataset, Image } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { ImageNode } from '../image/image.type.ts';
import { AnnotationNode } from './annotation.type.ts';

const Payload = definePayload<{ readonly imageId: string }>('deleteAnnotation').implement({
  description: 'The image without it.',
  fields: (t) => ({
    image: t.field({ type: ImageNode, description: 'The image.', resolve: ({ imageId }) => imageId }),
  }),
});

const Input = builder.inputType('DeleteAnnotationInput', {
  description: 'A truth that is not to be used any more.',
  fields: (t) => ({ annotation: t.globalID({ for: AnnotationNode, description: 'Which one.' }) }),
});

builder.mutationField('deleteAnnotation', (t) =>
  t.field({
    type: defineResult('deleteAnnotation', Payload),
    description: 'Hides a truth at once; what was scored with it stays.',
    extensions: { rule: 'decide.own' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const { id, imageId, createdById } = await see<Annotation>(context, 'Annotation', input.annotation);
        const { datasetId } = await see<Image>(context, 'Image', imageId);
        const { projectId } = await see<Dataset>(context, 'Dataset', datasetId);
        demand(actor, createdById === actor.userId ? 'decide.own' : 'decide.any', { projectId });
        const organizationId = await organizationOf(context, projectId);
        await database.$transaction(async (tx) => {
          const { count } = await tx.annotation.updateMany({
            where: { id, deletedAt: null },
            data: { deletedAt: new Date() },
          });
          if (count === 0) return;
          await audit(tx, actor, {
            action: 'deleteAnnotation',
            organizationId,
            projectId,
            subjectType: 'Annotation',
            subjectId: id,
          });
        });
        return { imageId };
      }),
  }),
);
