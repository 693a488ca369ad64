import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { RequestError } from '../../../graphql/request-error.ts';
import { type Column, columnOf, columns } from './columns.ts';
import { unguardFormula } from './formula-guard.ts';

/** A row of a table as texts; a column that the table does not have is not in it. */
export interface TableRow {
  /** As a spreadsheet counts: the heading is row 1. */
  readonly row: number;
  readonly cells: Readonly<Partial<Record<Column, string>>>;
}

/** Rows of a table. */
export const MOST_ROWS = 10_000;
/** Bytes of a table. */
const MOST_BYTES = 2 * 1024 ** 2;

const rowsShape = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])));

/** Reads what a spreadsheet has written, or what was pasted from one. @throws ValidationError */
export function readTableText(text: string): TableRow[] {
  if (Buffer.byteLength(text) > MOST_BYTES)
    throw refuse('TABLE_TOO_LARGE', `The table has ${Buffer.byteLength(text)} bytes.`, 'Send at most 2 MiB.');
  const [headings, ...rest] = readCells(text);
  if (headings === undefined) throw refuse('TABLE_EMPTY', 'The table is empty.', 'Send a heading and rows.');
  const known = readHeadings(headings);
  return checkCount(
    rest.map((cells, i) => ({
      row: i + 2,
      cells: Object.fromEntries(
        known.map((column, at) => [column, unguardFormula((cells[at] ?? '').trim())]),
      ),
    })),
  );
}

/** Reads rows given as objects: column → value. @throws ValidationError */
export function readTableRows(rows: unknown): TableRow[] {
  if (Buffer.byteLength(JSON.stringify(rows) ?? '') > MOST_BYTES)
    throw refuse('TABLE_TOO_LARGE', 'The rows have more than 2 MiB.', 'Send them in several requests.');
  const parsed = rowsShape.safeParse(rows);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refuse(
      'TABLE_UNREADABLE',
      `rows.${issue?.path.join('.')}: ${issue?.message}`,
      'Send a list of objects, one a row, with a text, a number or null for each column.',
    );
  }
  return checkCount(
    parsed.data.map((object, i) => {
      const headings = Object.keys(object);
      const known = readHeadings(headings);
      const cells = known.map((column, at) => [column, String(object[headings[at] ?? ''] ?? '').trim()]);
      return { row: i + 1, cells: Object.fromEntries(cells) };
    }),
  );
}

function readCells(text: string): string[][] {
  const first = text.slice(0, text.search(/[\r\n]|$/));
  const count = (sign: string) => first.split(sign).length;
  const delimiter = first.includes('\t') ? '\t' : count(';') > count(',') ? ';' : ',';
  try {
    return parse(text, {
      bom: true,
      delimiter,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      relax_column_count: true,
      max_record_size: 100_000,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refuse('TABLE_UNREADABLE', error.message, 'Save the table as CSV or tab-separated text again.');
  }
}

function readHeadings(headings: readonly string[]): Column[] {
  // A spreadsheet's empty columns at the end are none.
  const named = headings.slice(0, headings.findLastIndex((heading) => heading.trim() !== '') + 1);
  const known = named.map((heading) => {
    const column = columnOf(heading);
    if (column !== null) return column;
    throw refuse(
      'COLUMN_UNKNOWN',
      `"${heading.slice(0, 60)}" is no column of a sample table.`,
      `Columns are ${columns.join(', ')}.`,
      heading.slice(0, 60),
    );
  });
  const twice = known.find((column, i) => known.indexOf(column) !== i);
  if (twice !== undefined)
    throw refuse('COLUMN_TWICE', `The column "${twice}" comes twice.`, 'Keep one of them.', twice);
  return known;
}

function checkCount(rows: TableRow[]): TableRow[] {
  if (rows.length === 0) throw refuse('TABLE_EMPTY', 'The table has no rows.', 'Send at least one.');
  if (rows.length > MOST_ROWS)
    throw refuse('TABLE_TOO_LARGE', `The table has ${rows.length} rows.`, `Send at most ${MOST_ROWS}.`);
  return rows;
}

function refuse(code: string, message: string, cure: string, subject = 'table'): RequestError {
  return new RequestError('ValidationError', code, message, { subject, cure });
}
