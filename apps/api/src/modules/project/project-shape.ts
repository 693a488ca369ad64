import { z } from 'zod';

/** What a person may say about a project. */
export const projectShape = z.object({
  name: z.string().trim().min(1).max(100),
  description: z
    .string()
    .trim()
    .max(2000)
    .nullish()
    .transform((text) => text ?? ''),
});
