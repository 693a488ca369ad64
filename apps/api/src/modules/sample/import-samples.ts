import type { Dataset, Project } from '@cellmixer/database';
import { answer } from '../../graphql/answer.ts';
import { builder } from '../../graphql/builder.ts';
import type { Context } from '../../graphql/context.ts';
import { demand, see } from '../../graphql/demand.ts';
import { organizationOf } from '../../graphql/organization-of.ts';
import { RequestError } from '../../graphql/request-error.ts';
import { definePayload, defineResult } from '../../graphql/result.ts';
import { DatasetNode } from '../dataset/dataset.type.ts';
import { ProjectNode } from '../project/project.type.ts';
import { type ImportResult, ImportType } from './table/import-result.ts';
import { readRow } from './table/read-row.ts';
import { readTableRows, readTableText } from './table/read-table.ts';
import { runImport } from './table/run-import.ts';

const Payload = definePayload<ImportResult>('importSamples').implement({
  description: 'What the table changes, or has changed.',
  fields: (t) => ({
    import: t.field({ type: ImportType, description: 'Row by row.', resolve: (result) => result }),
  }),
});

const Input = builder.inputType('ImportSamplesInput', {
  description:
    'A table of samples. Columns: file, sample, plate, well, replicate, passage, treatment, dose, dose_unit, time_h, control, lines (such as A172:0.7; BT474:0.3). A column that is not there changes nothing, an empty cell empties.',
  fields: (t) => ({
    dataset: t.globalID({
      for: DatasetNode,
      required: false,
      description: 'Where the column file looks for images; the samples are its project’s.',
    }),
    project: t.globalID({
      for: ProjectNode,
      required: false,
      description: 'Instead of a dataset, for a table without files.',
    }),
    text: t.string({
      required: false,
      description:
        'The table as CSV or as pasted from a spreadsheet, with a heading; up to 10,000 rows, 2 MiB.',
    }),
    rows: t.field({
      type: 'JSON',
      required: false,
      description: 'Instead of a text: a list of objects, column → text, number or null.',
    }),
    registerLines: t.boolean({
      required: false,
      description: 'Registers lines that the lab does not know, instead of refusing them.',
    }),
    dryRun: t.boolean({ description: 'True: says what would change, and changes nothing.' }),
  }),
});

builder.mutationField('importSamples', (t) =>
  t.field({
    type: defineResult('importSamples', Payload),
    description:
      'Makes and changes samples from a table, all of it or nothing. Sending it twice changes nothing more.',
    extensions: { rule: 'data.edit' },
    args: { input: t.arg({ type: Input }) },
    resolve: (_root, { input }, context) =>
      answer(async () => {
        const { text, rows, registerLines, dryRun } = input;
        const place = await placeOf(context, input);
        demand(context.actor, 'data.edit', { projectId: place.projectId });
        if (registerLines) demand(context.actor, 'registry.edit', { organizationId: place.organizationId });
        if ((text == null) === (rows == null)) throw oneOf('text', 'rows');
        const table = text != null ? readTableText(text) : readTableRows(rows);
        const request = {
          ...place,
          action: 'importSamples',
          rows: table.map(readRow),
          registerLines: registerLines ?? false,
        };
        return runImport(context, request, dryRun);
      }),
  }),
);

async function placeOf(
  context: Context,
  { dataset, project }: Pick<typeof Input.$inferInput, 'dataset' | 'project'>,
) {
  if (dataset != null && project == null) {
    const { id, projectId } = await see<Dataset>(context, 'Dataset', dataset);
    return { datasetId: id, projectId, organizationId: await organizationOf(context, projectId) };
  }
  if (project == null || dataset != null) throw oneOf('dataset', 'project');
  const { id, organizationId } = await see<Project>(context, 'Project', project);
  return { datasetId: null, projectId: id, organizationId };
}

function oneOf(first: string, second: string): RequestError {
  return new RequestError(
    'ValidationError',
    'INPUT_INVALID',
    `${first}, ${second}: one of the two is needed`,
    {
      subject: first,
      cure: 'Give exactly one of them.',
    },
  );
}
