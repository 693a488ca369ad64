import { builder } from '../../graphql/builder.ts';

export const ImageStatusEnum = builder.enumType('ImageStatus', {
  description: 'Whether the picture can be used.',
  values: ['INGESTING', 'READY', 'FAILED'] as const,
});
