import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { S3Error } from './s3-error.ts';

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => name === 'Object' || name === 'Part',
});

const deletion = z.object({
  Delete: z.object({
    Quiet: z.string().optional(),
    Object: z.array(z.object({ Key: z.string().min(1) })).max(1000),
  }),
});

const text = z.string().trim();
const completion = z.object({
  CompleteMultipartUpload: z.object({
    Part: z
      .array(
        z.object({
          PartNumber: text.pipe(z.string().regex(/^[1-9]\d{0,4}$/)).transform(Number),
          ETag: text,
          ChecksumCRC32: text.optional(),
          ChecksumCRC32C: text.optional(),
          ChecksumSHA1: text.optional(),
          ChecksumSHA256: text.optional(),
        }),
      )
      .min(1)
      .max(10_000),
  }),
});

export type CompletedPart = z.infer<typeof completion>['CompleteMultipartUpload']['Part'][number];

/** The keys of a DeleteObjects request, at most 1,000. Throws MalformedXML. */
export function readDeletion(body: string): { keys: string[]; quiet: boolean } {
  const { Delete } = read(body, deletion);
  return { keys: Delete.Object.map((object) => object.Key), quiet: Delete.Quiet?.trim() === 'true' };
}

/** The parts that a CompleteMultipartUpload request names, in its order. Throws MalformedXML. */
export function readCompletion(body: string): CompletedPart[] {
  return read(body, completion).CompleteMultipartUpload.Part;
}

function read<Shape extends z.ZodType>(body: string, shape: Shape): z.infer<Shape> {
  // A document type could define entities; no client of S3 sends one.
  if (body.includes('<!DOCTYPE')) throw malformed('it must not have a document type');
  let document: unknown;
  try {
    document = parser.parse(body, true);
  } catch (cause) {
    throw malformed(cause instanceof Error ? cause.message : 'it is not XML');
  }
  const parsed = shape.safeParse(document);
  if (!parsed.success) throw malformed(parsed.error.issues[0]?.path.join('.') ?? 'its form is another one');
  return parsed.data;
}

function malformed(why: string): S3Error {
  return new S3Error('MalformedXML', `The XML of the request was not understood: ${why}`);
}
