import { Prisma } from '@cellmixer/database';
import { CellMixerError } from '@cellmixer/errors';
import type { Actor } from '../../access/actor.ts';
import { visible } from '../../access/visible.ts';
import { builder } from '../../graphql/builder.ts';
import { searchPattern } from '../../graphql/search-pattern.ts';
import { uuidOf } from '../../graphql/uuid-of.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { ImageStatusEnum } from './image-status.ts';

const LabelEnum = builder.enumType('ImageLabel', {
  description: 'What is known of the lines in a picture.',
  values: {
    LABELLED: { description: 'Its sample has lines.' },
    UNLABELLED: { description: 'It has no sample, or one without lines.' },
    PURE: { description: 'One line.' },
    MIXED: { description: 'Several lines.' },
  } as const,
});

/** Which images are meant; what is left out does not matter. */
export const ImageFilterInput = builder.inputType('ImageFilter', {
  description: 'Which images are meant. What is left out does not matter; everything given must hold.',
  fields: (t) => ({
    statuses: t.field({ type: [ImageStatusEnum], required: false, description: 'One of these.' }),
    label: t.field({ type: LabelEnum, required: false, description: 'What is known of their lines.' }),
    cellLines: t.globalIDList({
      for: CellLineNode,
      required: false,
      description: 'One of these lines was seeded.',
    }),
    plate: t.string({ required: false, description: 'Plate of the sample, as it is written there.' }),
    well: t.string({ required: false, description: 'Well of the sample, such as C7.' }),
    checksums: t.stringList({
      required: false,
      description:
        'One of these SHA-256 of the whole file, hexadecimal: as announced by who sent it, or as found.',
    }),
    timePoint: t.int({
      required: false,
      description: 'This time point of their file, from 1. Where a file holds one, that is its first.',
    }),
    search: t.string({ required: false, description: 'Part of the file’s or the sample’s name.' }),
  }),
});

type ImageFilter = typeof ImageFilterInput.$inferInput;

/** The condition over `t`, an image that the actor may see. Samples that the actor may not see fit nothing. */
export function imageCondition(actor: Actor, filter: ImageFilter | null | undefined): Prisma.Sql {
  const seen = visible(actor, 'Image');
  const also = imageFilter(actor, filter);
  return also === undefined ? seen : Prisma.sql`${seen} AND ${also}`;
}

/** The condition over `t`, an image, that the filter makes; undefined where all are meant. */
export function imageFilter(actor: Actor, filter: ImageFilter | null | undefined): Prisma.Sql | undefined {
  if (filter == null) return undefined;
  const conditions: Prisma.Sql[] = [];
  const { statuses, label, cellLines, plate, well, checksums, timePoint, search } = filter;
  if (statuses != null)
    conditions.push(Prisma.sql`t.status = ANY(${[...new Set(statuses)]}::"ImageStatus"[])`);
  if (label != null) conditions.push(labelConditions[label]);
  if (cellLines != null) {
    const ids = cellLines.map(uuidOf);
    conditions.push(Prisma.sql`t."sampleId" IN
      (SELECT l."sampleId" FROM "SampleLine" l WHERE l."cellLineId" = ANY(${ids}::uuid[]))`);
  }
  if (plate != null) conditions.push(ofSample(actor, Prisma.sql`t.plate = ${plate.trim()}`));
  if (well != null) conditions.push(ofSample(actor, Prisma.sql`upper(t.well) = upper(${well.trim()})`));
  if (checksums != null) {
    const wanted = [...new Set(checksums.map(checksumOf))];
    conditions.push(Prisma.sql`(t.checksum = ANY(${wanted}) OR t."uploadId" IN
      (SELECT u.id FROM "Upload" u WHERE u."datasetId" = t."datasetId" AND u.checksum = ANY(${wanted})))`);
  }
  if (timePoint != null) conditions.push(Prisma.sql`coalesce(t."timePoint", 1) = ${timePoint}`);
  if (search != null) {
    const named = Prisma.sql`t.name ILIKE ${searchPattern(search)}`;
    conditions.push(Prisma.sql`(${named} OR ${ofSample(actor, named)})`);
  }
  return conditions.length === 0 ? undefined : Prisma.join(conditions, ' AND ');
}

/** @throws INVALID_ARGUMENT where it is none */
function checksumOf(text: string): string {
  const checksum = text.trim().toLowerCase();
  if (/^[0-9a-f]{64}$/.test(checksum)) return checksum;
  throw new CellMixerError('INVALID_ARGUMENT', `checksums: "${text.slice(0, 70)}" is no SHA-256`, {
    subject: 'checksums',
    cure: 'Give the 64 hexadecimal digits of each file.',
  });
}

const lines = Prisma.sql`SELECT count(*) FROM "SampleLine" l WHERE l."sampleId" = t."sampleId"`;
const labelConditions = {
  LABELLED: Prisma.sql`(${lines}) > 0`,
  UNLABELLED: Prisma.sql`(${lines}) = 0`,
  PURE: Prisma.sql`(${lines}) = 1`,
  MIXED: Prisma.sql`(${lines}) > 1`,
} as const;

/** Images whose sample holds a condition; inside, `t` is the sample. */
function ofSample(actor: Actor, condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`t."sampleId" IN
    (SELECT t.id FROM "Sample" t WHERE ${visible(actor, 'Sample')} AND ${condition})`;
}
