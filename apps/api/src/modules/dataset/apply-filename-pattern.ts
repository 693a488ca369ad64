import { type Dataset, Prisma } from '@cellmixer/database';
import { fileOf, type NamePattern, parsePattern } from '@cellmixer/sample-names';
import { z } from 'zod';
import { visible } from '../../access/visible.ts';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { uuidOf } from '../../graphql/uuid-of.ts';
import { ImageNode } from '../image/image.type.ts';
import { type ImportResult, ImportType } from '../sample/table/import-result.ts';
import { MOST_ROWS } from '../sample/table/read-table.ts';
import { runImport } from '../sample/table/run-import.ts';
import { DatasetNode } from './dataset.type.ts';
import { rowOfName } from './row-of-name.ts';

const Payload = definePayload<ImportResult>('applyFilenamePattern').implement({
  description: 'What the names change, or have changed.',
  fields: (t) => ({
    import: t.field({ type: ImportType, description: 'File by file.', resolve: (result) => result }),
  }),
});

const Input = builder.inputType('ApplyFilenamePatternInput', {
  description: 'Images whose names say what they show.',
  fields: (t) => ({
    dataset: t.globalID({ for: DatasetNode, description: 'Where they are.' }),
    pattern: t.string({ required: false, description: 'The dataset’s own, where it is left out.' }),
    images: t.globalIDList({
      for: ImageNode,
      required: false,
      description:
        'Which of them; all without a sample that could be read, where it is left out. Up to 10,000.',
    }),
    registerLines: t.boolean({
      required: false,
      description: 'Registers lines that the lab does not know, instead of refusing them.',
    }),
    dryRun: t.boolean({ description: 'True: says what would change, and changes nothing.' }),
  }),
});

builder.mutationField('applyFilenamePattern', (t) =>
  t.field({
    type: defineResult('applyFilenamePattern', Payload),
    description:
      'Fills samples from the names of images that are there already, all of them or none. Sending it twice changes nothing more.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { actor, database } = context;
        const dataset = await see<Dataset>(context, 'Dataset', input.dataset);
        const { id: datasetId, projectId } = dataset;
        demand(actor, 'data.edit', { projectId });
        const organizationId = await organizationOf(context, projectId);
        if (input.registerLines) demand(actor, 'registry.edit', { organizationId });
        const pattern = patternOf(input.pattern ?? dataset.filenamePattern);
        const ids =
          z.array(z.unknown()).max(MOST_ROWS).nullish().parse(input.images) && input.images?.map(uuidOf);
        const which =
          ids == null
            ? Prisma.sql`t."sampleId" IS NULL AND t.status <> 'FAILED'`
            : Prisma.sql`t.id = ANY(${ids}::uuid[])`;
        const found = await database.$queryRaw<{ name: string }[]>`
          SELECT t.name FROM "Image" t WHERE t."datasetId" = ${datasetId}::uuid AND ${visible(actor, 'Image')}
            AND ${which} ORDER BY t.name, t.id LIMIT ${MOST_ROWS}`;
        const names = [...new Set(found.map(({ name }) => fileOf(name)))];
        return runImport(
          context,
          {
            action: 'applyFilenamePattern',
            organizationId,
            projectId,
            datasetId,
            rows: names.map((name, i) => rowOfName(pattern, name, dataset.name, i + 1)),
            registerLines: input.registerLines ?? false,
          },
          input.dryRun,
        );
      }),
  }),
);

function patternOf(source: string | null): NamePattern {
  if (source !== null) return parsePattern(source);
  throw new RequestError('ValidationError', 'PATTERN_MISSING', 'The dataset has no filename pattern.', {
    subject: 'pattern',
    cure: 'Give one, such as {line}_{well}_{site}.',
  });
}
