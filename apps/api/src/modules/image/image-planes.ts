import type { Image } from '@cellmixer/database';
import { builder } from '../../graphql/builder.ts';

export const ImageTimePoint = builder
  .objectRef<Pick<Image, 'timePoint' | 'timePoints' | 'secondsSinceFirst'>>('ImageTimePoint')
  .implement({
    description: 'Where an image stands in the time series that its file holds.',
    fields: (t) => ({
      number: t.int({ description: 'From 1.', resolve: (row) => row.timePoint ?? 1 }),
      of: t.int({ description: 'How many the file holds.', resolve: (row) => row.timePoints ?? 1 }),
      seconds: t.exposeFloat('secondsSinceFirst', {
        nullable: true,
        description: 'Seconds after the first of them, where the file says so.',
      }),
    }),
  });

const StackPictureEnum = builder.enumType('StackPicture', {
  description: 'How a z-stack becomes one picture.',
  values: {
    SHARPEST: {
      description:
        'The plane that is most in focus, in transmitted light: largest variance of the Laplacian.',
    },
    MAXIMUM: { description: 'At every place the largest value of all planes, in fluorescence.' },
  } as const,
});

export const ImageStack = builder
  .objectRef<Pick<Image, 'stackPlanes' | 'stackPlane'>>('ImageStack')
  .implement({
    description: 'How an image was made of the planes of a z-stack.',
    fields: (t) => ({
      planes: t.int({ description: 'How many there were.', resolve: (row) => row.stackPlanes ?? 1 }),
      picture: t.field({
        type: StackPictureEnum,
        description: 'What was made of them.',
        resolve: (row) => (row.stackPlane === null ? 'MAXIMUM' : 'SHARPEST'),
      }),
      plane: t.exposeInt('stackPlane', {
        nullable: true,
        description: 'Which of them was taken, from 1; null for the maximum.',
      }),
    }),
  });
