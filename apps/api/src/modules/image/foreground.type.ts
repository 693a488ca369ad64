import type { Foreground } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';

export const ForegroundNode = defineNode<Foreground>('Foreground');

export const ForegroundDecisionEnum = builder.enumType('ForegroundDecision', {
  description: 'What a person made of a mask.',
  values: ['FOUND', 'TUNED', 'ACCEPTED', 'REJECTED'] as const,
});

ForegroundNode.implement({
  description: 'The cells of a picture, found without supervision.',
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: 'Counts the tunings.' }),
    decision: t.expose('decision', {
      type: ForegroundDecisionEnum,
      description: 'What a person made of it.',
    }),
    coverage: t.exposeFloat('coverage', { description: 'Share of the picture that is cell, 0 to 1.' }),
    confluent: t.exposeBoolean('confluent', {
      description: 'No background is left; the mask cannot be trusted.',
    }),
    parameters: t.expose('parameters', { type: 'JSON', description: 'How it was found; lengths in pixels.' }),
    quality: t.expose('quality', {
      type: 'JSON',
      description: 'Coverage, objects, agreement, contrast, warnings.',
    }),
    maskUrl: t.string({
      description: 'Where the mask can be read for ten minutes: PNG, 255 cell, 0 background, 128 undecided.',
      resolve: (row, _args, context) => objectUrl(context, row.maskKey, 'image/png'),
    }),
  }),
});
