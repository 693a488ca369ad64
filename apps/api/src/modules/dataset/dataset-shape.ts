import { parsePattern } from '@cellmixer/sample-names';
import { z } from 'zod';

/** What the fields of a dataset may look like. */
export const datasetFields = {
  name: z.string().trim().min(1).max(100),
  pixelSizeUm: z.number().positive().max(1000).nullable(),
  /** Refuses what is no pattern, in the pattern's own words. */
  filenamePattern: z
    .string()
    .trim()
    .transform((source) => parsePattern(source).source)
    .nullable(),
};
