import { builder } from '../../../graphql/builder.ts';
import type { Change, ImportPlan, PlannedRow } from './plan-import.ts';
import type { RowProblem } from './read-row.ts';

const ChangeType = builder.objectRef<Change>('ImportedChange').implement({
  description: 'A field that a row changes.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'The table’s column.' }),
    before: t.exposeString('before', { nullable: true, description: 'As it was; null: empty.' }),
    after: t.exposeString('after', { nullable: true, description: 'As it becomes; null: empty.' }),
  }),
});

const ProblemType = builder.objectRef<RowProblem>('ImportProblem').implement({
  description: 'Why a row cannot be taken.',
  fields: (t) => ({
    column: t.exposeString('column', { description: 'Where it is.' }),
    value: t.exposeString('value', { description: 'What is written there.' }),
    message: t.exposeString('message', { description: 'What is wrong with it.' }),
    cure: t.exposeString('cure', { description: 'What to do about it.' }),
  }),
});

export const ImportOutcomeEnum = builder.enumType('ImportOutcome', {
  description: 'What becomes of a row.',
  values: {
    CREATED: { description: 'It makes a sample.' },
    CHANGED: { description: 'It changes a sample, or what an image shows.' },
    UNCHANGED: { description: 'It says what is there already.' },
    FAILED: { description: 'It has problems.' },
  } as const,
});

const RowType = builder.objectRef<PlannedRow>('ImportedRow').implement({
  description: 'What becomes of one row.',
  fields: (t) => ({
    row: t.exposeInt('row', {
      description: 'Its number: of a text as spreadsheets count, the heading being 1; of rows from 1.',
    }),
    sample: t.exposeString('sample', { nullable: true, description: 'The sample’s name.' }),
    file: t.exposeString('file', { nullable: true, description: 'The file’s name, where there is one.' }),
    outcome: t.expose('outcome', { type: ImportOutcomeEnum, description: 'What becomes of it.' }),
    changes: t.field({
      type: [ChangeType],
      description: 'What it changes.',
      resolve: ({ changes }) => [...changes],
    }),
    problems: t.field({
      type: [ProblemType],
      description: 'Why it cannot be taken.',
      resolve: ({ problems }) => [...problems],
    }),
  }),
});

export interface ImportResult {
  readonly plan: ImportPlan;
  readonly applied: boolean;
}

export const ImportType = builder.objectRef<ImportResult>('SampleImport');

ImportType.implement({
  description: 'What a table changes, or has changed.',
  fields: (t) => ({
    applied: t.exposeBoolean('applied', {
      description: 'Whether it was written: not in a dry run, and not where one row has a problem.',
    }),
    created: count(t, 'CREATED', 'Rows that make a sample.'),
    changed: count(t, 'CHANGED', 'Rows that change something.'),
    unchanged: count(t, 'UNCHANGED', 'Rows that say what is there already.'),
    failed: count(t, 'FAILED', 'Rows with problems.'),
    newLines: t.stringList({
      description: 'Lines that are registered with it.',
      resolve: ({ plan }) => [...plan.newLines],
    }),
    rows: t.field({
      type: [RowType],
      description: 'Every row in order, or those of some outcomes.',
      args: { outcomes: t.arg({ type: [ImportOutcomeEnum], required: false, description: 'Only these.' }) },
      resolve: ({ plan }, { outcomes }) =>
        outcomes == null ? [...plan.rows] : plan.rows.filter(({ outcome }) => outcomes.includes(outcome)),
    }),
  }),
});

type Fields = Parameters<NonNullable<Parameters<typeof ImportType.implement>[0]['fields']>>[0];

function count(t: Fields, outcome: PlannedRow['outcome'], description: string) {
  return t.int({
    description,
    resolve: ({ plan }) => plan.rows.filter((row) => row.outcome === outcome).length,
  });
}
