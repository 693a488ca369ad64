import { CLASS_COLOURS } from '@cellmixer/pixels/class-colours';
import { z } from 'zod';

const text = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .nullish()
    .transform((value) => value ?? null);

/** What a line may look like. */
export const cellLineShape = z.object({
  name: z.string().trim().min(1).max(100),
  kind: z
    .enum(['CELL_LINE', 'PRIMARY', 'OTHER'])
    .nullish()
    .transform((kind) => kind ?? 'CELL_LINE'),
  accession: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^CVCL_[A-Z0-9]{4}$/, 'must be CVCL_ and four letters or digits')
    .nullish()
    .transform((value) => value ?? null),
  species: text(100),
  tissue: text(100),
  disease: text(200),
  growth: z
    .enum(['ADHERENT', 'SUSPENSION', 'MIXED', 'UNKNOWN'])
    .nullish()
    .transform((growth) => growth ?? 'UNKNOWN'),
  modification: text(200),
  donor: text(100),
  colour: z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'must be # and six hexadecimal digits')
    .nullish()
    .transform((value) => value ?? null),
});

/** The colour of a lab's next line; after the last one round again. */
export function colourFor(position: number): string {
  return CLASS_COLOURS[position % CLASS_COLOURS.length]!.hex;
}
