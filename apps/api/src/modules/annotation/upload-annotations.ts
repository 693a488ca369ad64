import { type Dataset, Prisma, type Upload } from '@cellmixer/database';
import { enqueue } from '@cellmixer/jobs';
import pLimit from 'p-limit';
import { z } from 'zod';
import { answer } from '../../graphql/answer.ts';
import { audit } from '../../graphql/audit.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { once } from '../../graphql/once.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { CellLineNode } from '../cell-line/cell-line.type.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ImageNode } from '../image/image.type.ts';
import { bringTogether } from '../upload/bring-together.ts';
import { imageStems, stemOf } from './match-image.ts';

interface Taken {
  readonly uploadId: string;
  readonly imageId: string | null;
  readonly problem: string | null;
}

const TakenType = builder.objectRef<Taken>('TakenAnnotation').implement({
  description: 'What became of one map: it is being checked, or has a problem that names the cure.',
  fields: (t) => ({
    uploadId: t.exposeID('uploadId', { description: 'Which upload; its errors tell what the check finds.' }),
    image: t.field({
      type: ImageNode,
      nullable: true,
      description: 'The image that it belongs to.',
      resolve: (row) => row.imageId,
    }),
    problem: t.exposeString('problem', { nullable: true, description: 'Why it was not taken.' }),
  }),
});

const Payload = definePayload<{ readonly items: readonly Taken[] }>('uploadAnnotations').implement({
  description: 'An answer for every map; one bad file does not hold up the rest.',
  fields: (t) => ({
    items: t.field({
      type: [TakenType],
      description: 'In the order asked for.',
      resolve: ({ items }) => [...items],
    }),
  }),
});

const KindEnum = builder.enumType('AnnotationMapKind', {
  description: 'What an uploaded map tells of each pixel.',
  values: {
    CLASS_MAP: { description: 'Which line it belongs to.' },
    INSTANCE_MAP: { description: 'Which object it belongs to.' },
  } as const,
});

const ClassInput = builder.inputType('AnnotatedClassInput', {
  description: 'What a value in a map stands for.',
  fields: (t) => ({
    value: t.int({ description: 'The value, 1 to 254; of instances, the object, from 1.' }),
    cellLine: t.globalID({ for: CellLineNode, description: 'The line.' }),
  }),
});

const AnnotationInput = builder.inputType('AnnotationInput', {
  description: 'A map that was uploaded, PNG or TIFF of one channel.',
  fields: (t) => ({
    uploadId: t.id({ description: 'As createUploads gave it for the purpose ANNOTATION.' }),
    image: t.globalID({
      for: ImageNode,
      required: false,
      description: 'Else the one image with the file’s name, but for the ending and words such as _mask.',
    }),
    kind: t.field({ type: KindEnum, description: 'What it tells of each pixel.' }),
    classes: t.field({
      type: [ClassInput],
      description: 'What its values stand for; none for instances of a pure culture.',
    }),
  }),
});

const Input = builder.inputType('UploadAnnotationsInput', {
  description: 'Truth for images of a dataset.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where the images are.' }),
    annotations: t.field({ type: [AnnotationInput], description: 'From 1 to 200 maps.' }),
    idempotencyKey: t.string({ required: false, description: 'Makes a second sending harmless.' }),
  }),
});

const shape = z
  .array(
    z
      .object({
        uploadId: z.uuid(),
        image: z.object({ id: z.uuid() }).nullish(),
        kind: z.enum(['CLASS_MAP', 'INSTANCE_MAP']),
        classes: z
          .array(z.object({ value: z.int().min(1), cellLine: z.object({ id: z.uuid() }) }))
          .max(10_000),
      })
      .refine(
        ({ kind, classes }) => kind === 'INSTANCE_MAP' || classes.length > 0,
        'classes: say what the values of the map are',
      )
      .refine(
        ({ kind, classes }) => kind === 'INSTANCE_MAP' || classes.every(({ value }) => value <= 254),
        'classes: values of a class map are 1 to 254',
      )
      .refine(
        ({ classes }) => new Set(classes.map(({ value }) => value)).size === classes.length,
        'classes: a value comes twice',
      ),
  )
  .min(1)
  .max(200)
  .refine(
    (list) => new Set(list.map(({ uploadId }) => uploadId)).size === list.length,
    'an upload comes twice',
  );
type Asked = z.output<typeof shape>[number];

builder.mutationField('uploadAnnotations', (t) =>
  t.field({
    type: defineResult('uploadAnnotations', Payload),
    description:
      'Takes maps as the truth of images. Each is checked first: size, values. Sending it twice takes each once.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        demand(context.actor, 'data.edit', { projectId: dataset.projectId });
        const asked = shape.parse(input.annotations);
        return { items: await take(context, dataset, asked, input.idempotencyKey) };
      }),
  }),
);

interface Known {
  readonly uploads: ReadonlyMap<string, Upload>;
  readonly images: readonly KnownImage[];
  readonly lines: ReadonlySet<string>;
}

interface KnownImage {
  readonly id: string;
  readonly name: string;
  readonly status: string;
}

async function take(
  context: Context,
  dataset: Dataset,
  asked: readonly Asked[],
  idempotencyKey: string | null | undefined,
): Promise<Taken[]> {
  const { queue, actor } = context;
  const { projectId } = dataset;
  const organizationId = await organizationOf(context, projectId);
  const known = await readKnown(context, dataset.id, organizationId, asked);
  const limit = pLimit(8);
  const judged = await Promise.all(
    asked.map((one) => limit(() => judge(context, organizationId, known, one))),
  );
  const request = {
    mutation: 'uploadAnnotations',
    idempotencyKey,
    input: { dataset: dataset.id, annotations: asked },
  };
  const { items } = await once(context, request, async (tx) => {
    const taken: string[] = [];
    for (const { uploadId, truth } of judged) {
      if (truth === null) continue;
      const { count } = await tx.upload.updateMany({
        where: { id: uploadId, status: 'OPEN' },
        data: { status: 'COMPLETED', truth },
      });
      if (count === 1) taken.push(uploadId);
    }
    const owner = { organizationId, projectId, createdById: actor.userId };
    const jobs = taken.map((id) => ({ kind: 'ANNOTATE' as const, subjectId: id, payload: { uploadId: id } }));
    await enqueue(tx, queue, owner, jobs);
    await audit(tx, actor, {
      action: 'uploadAnnotations',
      organizationId,
      projectId,
      subjectType: 'Dataset',
      subjectId: dataset.id,
      details: { maps: taken.length },
    });
    return { items: judged.map(({ uploadId, imageId, problem }): Taken => ({ uploadId, imageId, problem })) };
  });
  return [...items];
}

async function readKnown(
  { database }: Context,
  datasetId: string,
  organizationId: string,
  asked: readonly Asked[],
): Promise<Known> {
  const uploads = await database.upload.findMany({
    where: { id: { in: asked.map(({ uploadId }) => uploadId) }, datasetId, purpose: 'ANNOTATION' },
  });
  // c7_t3 is how a map is called of the third time point of c7.tif.
  const stems = uploads
    .flatMap(({ fileName }) => imageStems(fileName))
    .flatMap((stem) => [stem, stem.replace(/_t\d+$/, '')]);
  const ids = asked.flatMap(({ image }) => image?.id ?? []);
  const images = await database.$queryRaw<KnownImage[]>(Prisma.sql`
    SELECT id, name, status::text AS status FROM "Image" WHERE "datasetId" = ${datasetId}::uuid AND "deletedAt" IS NULL
      AND (id = ANY(${ids}::uuid[]) OR EXISTS (SELECT 1 FROM unnest(${[...new Set(stems)]}::text[]) AS s(stem)
        WHERE starts_with(lower(name), s.stem)))`);
  const lineIds = [...new Set(asked.flatMap(({ classes }) => classes.map(({ cellLine }) => cellLine.id)))];
  const lines = await database.$queryRaw<{ id: string }[]>`
    SELECT id FROM "CellLine" WHERE id = ANY(${lineIds}::uuid[]) AND "organizationId" = ${organizationId}::uuid
      AND "deletedAt" IS NULL`;
  return {
    uploads: new Map(uploads.map((upload) => [upload.id, upload])),
    images,
    lines: new Set(lines.map(({ id }) => id)),
  };
}

type Judged = Taken & { readonly truth: Prisma.InputJsonObject | null };

async function judge(
  context: Context,
  organizationId: string,
  { uploads, images, lines }: Known,
  { uploadId, image: named, kind, classes }: Asked,
): Promise<Judged> {
  const refuse = (problem: string): Judged => ({ uploadId, imageId: null, problem, truth: null });
  const upload = uploads.get(uploadId);
  if (upload === undefined)
    return refuse('No map was sent with this upload to this dataset; send its file first.');
  const { fileName } = upload;
  if (upload.status === 'FAILED')
    return refuse(`${upload.errorMessage}. ${upload.errorCure ?? ''} Upload it anew.`);
  // The answer was lost on its way: it is the same again.
  const before = z.object({ imageId: z.uuid() }).safeParse(upload.truth);
  if (before.success) return { uploadId, imageId: before.data.imageId, problem: null, truth: null };
  const found = named == null ? imagesOf(fileName, images) : images.filter(({ id }) => id === named.id);
  const [image, another] = found;
  if (image === undefined)
    return refuse(
      `No image of this dataset is named like "${fileName}"; name its image, or the file after it.`,
    );
  if (another !== undefined)
    return refuse(
      `"${fileName}" could be of ${found.length} images, such as "${image.name}"; name one of them.`,
    );
  if (image.status !== 'READY')
    return refuse(
      `The image "${image.name}" of "${fileName}" cannot be used yet; wait until it has been read.`,
    );
  const stranger = classes.find(({ cellLine }) => !lines.has(cellLine.id));
  if (stranger !== undefined)
    return refuse(
      `"${fileName}": the line of value ${stranger.value} is not in this lab’s registry; register it first.`,
    );
  const problem = await bringTogether(context, organizationId, upload);
  if (problem !== null) return refuse(problem);
  const byValue = Object.fromEntries(classes.map(({ value, cellLine }) => [String(value), cellLine.id]));
  return { uploadId, imageId: image.id, problem: null, truth: { imageId: image.id, kind, classes: byValue } };
}

/** Images whose name is the file's, else those whose name it is without words such as _mask. */
function imagesOf(fileName: string, images: readonly KnownImage[]): KnownImage[] {
  for (const stem of imageStems(fileName)) {
    const found = images.filter(({ name }) => stemOf(name) === stem);
    if (found.length > 0) return found;
  }
  return [];
}
