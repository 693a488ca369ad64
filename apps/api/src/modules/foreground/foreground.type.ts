import { type ForegroundFlag, foregroundFlagKinds, foregroundFlags } from '@cellmixer/cellmixer/foreground';
import type { Foreground } from '@cellmixer/database';
import { z } from 'zod';
import { builder } from '../../graphql/builder.ts';
import { defineNode } from '../../graphql/node.ts';
import { objectUrl } from '../../graphql/object-url.ts';
import { ImageNode } from '../image/image.type.ts';

export const ForegroundNode = defineNode<Foreground>('Foreground');

export const ForegroundDecisionEnum = builder.enumType('ForegroundDecision', {
  description:
    'What people made of a mask. FOUND: nothing was set; TUNED: made with parameters that somebody set.',
  values: ['FOUND', 'TUNED', 'ACCEPTED', 'REJECTED'] as const,
});

export const ForegroundFlagEnum = builder.enumType('ForegroundFlagKind', {
  description: 'What can be wrong with a mask.',
  values: foregroundFlagKinds,
});

const FlagType = builder.objectRef<ForegroundFlag>('ForegroundFlag').implement({
  description: 'Why somebody should look at a mask.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ForegroundFlagEnum, description: 'For programs.' }),
    reason: t.exposeString('reason', { description: 'What is wrong, in words.' }),
    suggestion: t.exposeString('suggestion', { description: 'What to try.' }),
  }),
});

/** The figures that flags are made from; the contact sheet's words are made anew, so that they can be mended. */
const figures = z.looseObject({
  coverage: z.number(),
  objects: z.number(),
  agreement: z.number(),
  contrast: z.number(),
  confluent: z.boolean(),
});

ForegroundNode.implement({
  description:
    'The cells of a picture, found without supervision. The mask is what `makeMask` of the method’s foreground part gives for the original’s pixels, `light` and `parameters`, in a browser too.',
  fields: (t) => ({
    revision: t.exposeInt('revision', { description: 'Counts the tunings.' }),
    decision: t.expose('decision', {
      type: ForegroundDecisionEnum,
      description: 'What a person made of it.',
    }),
    decidedAt: t.expose('decidedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was accepted or rejected.',
    }),
    coverage: t.exposeFloat('coverage', { description: 'Share of the picture that is cell, 0 to 1.' }),
    confluent: t.exposeBoolean('confluent', {
      description: 'No background is left; the mask cannot be trusted.',
    }),
    light: t.exposeString('light', {
      description: 'The method’s kind of light: transmitted, stained or fluorescence.',
    }),
    parameters: t.expose('parameters', {
      type: 'JSON',
      description: 'All that decides the mask beside pixels and light; lengths in native pixels.',
    }),
    asked: t.expose('asked', {
      type: 'JSON',
      description: 'The part of the parameters that people had set; the picture suggested the rest.',
    }),
    quality: t.expose('quality', {
      type: 'JSON',
      description: 'Coverage, objects, agreement, contrast, warnings.',
    }),
    flags: t.field({
      type: [FlagType],
      description: 'Why somebody should look, the worst first; empty when all is well.',
      resolve: (row) => {
        const known = figures.safeParse(row.quality);
        return known.success ? foregroundFlags(known.data) : [];
      },
    }),
    image: t.field({ type: ImageNode, description: 'Of which picture.', resolve: (row) => row.imageId }),
    maskUrl: t.string({
      description: 'Where the mask can be read for ten minutes: PNG, 255 cell, 0 background, 128 undecided.',
      resolve: (row, _args, context) => objectUrl(context, row.maskKey, 'image/png'),
    }),
    previewUrl: t.string({
      nullable: true,
      description: 'Where the thumbnail with the mask’s outline can be read for ten minutes: PNG.',
      resolve: (row, _args, context) => objectUrl(context, row.previewKey, 'image/png'),
    }),
  }),
});
