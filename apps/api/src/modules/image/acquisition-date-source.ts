import { builder } from '../../graphql/builder.ts';

export const AcquisitionDateSourceEnum = builder.enumType('AcquisitionDateSource', {
  description: 'What says when a picture was taken.',
  values: {
    EXPOSURE: { description: 'The taking itself: OME-XML’s AcquisitionDate or EXIF’s DateTimeOriginal.' },
    FILE: {
      description:
        'The file’s own date (a TIFF’s DateTime), which many programs write anew: it may be that of an export.',
    },
  } as const,
});
