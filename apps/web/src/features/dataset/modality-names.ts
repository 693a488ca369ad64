import type { Modality } from '#graphql/graphql.ts';

export const modalityNames: Readonly<Record<Modality, string>> = {
  PHASE_CONTRAST: 'Phase contrast',
  BRIGHTFIELD: 'Bright field',
  DIC: 'DIC',
  FLUORESCENCE: 'Fluorescence',
  STAINED: 'Stained smear',
};
