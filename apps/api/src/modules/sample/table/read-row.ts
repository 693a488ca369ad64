import { readHours, writeWell } from '@cellmixer/sample-names';
import type { Column } from './columns.ts';
import type { TableRow } from './read-table.ts';

/** What a row says of a sample; null empties. */
export interface SampleFields {
  readonly plate: string | null;
  readonly well: string | null;
  readonly replicate: string | null;
  readonly passage: number | null;
  readonly treatment: string | null;
  readonly dose: number | null;
  readonly doseUnit: string | null;
  readonly timePoint: number | null;
  readonly control: 'NONE' | 'PURE' | 'UNTREATED' | 'BLANK';
}

export interface RowProblem {
  readonly column: Column;
  readonly value: string;
  readonly message: string;
  readonly cure: string;
}

/** A line as a row names it. */
export interface NamedLine {
  readonly name: string;
  readonly fraction: number | null;
}

export interface ReadRow {
  readonly row: number;
  readonly file: string | null;
  readonly sample: string | null;
  /** Of columns that the table has. */
  readonly fields: Partial<SampleFields>;
  /** Not there where the table has no such column. */
  readonly lines?: readonly NamedLine[];
  readonly problems: readonly RowProblem[];
}

/** Reads the cells of a row; what is wrong with one does not hide what is wrong with another. */
export function readRow({ row, cells }: TableRow): ReadRow {
  const problems: RowProblem[] = [];
  const wrong = (column: Column, message: string, cure: string): null => {
    problems.push({ column, value: (cells[column] ?? '').slice(0, 100), message, cure });
    return null;
  };
  const text = (column: Column, most: number): string | null => {
    const value = cells[column] ?? '';
    if (value === '') return null;
    if (value.length > most)
      return wrong(column, `it has ${value.length} characters`, `Use at most ${most}.`);
    if (/\p{Cc}/u.test(value))
      return wrong(
        column,
        'it holds signs that cannot be printed',
        'Take line breaks, tabs and the like out.',
      );
    return value;
  };
  const number = (column: Column, least: number, most: number, whole: boolean): number | null => {
    const value = cells[column] ?? '';
    if (value === '') return null;
    const parsed = Number(value.replace(',', '.'));
    if (Number.isFinite(parsed) && parsed >= least && parsed <= most && (!whole || Number.isInteger(parsed)))
      return parsed;
    return wrong(
      column,
      `it is no ${whole ? 'whole ' : ''}number from ${least} to ${most}`,
      'Correct it, or leave it empty.',
    );
  };
  const hours = (): number | null => {
    const value = cells.time_h ?? '';
    const parsed = value === '' ? null : readHours(value.replace(',', '.'));
    if (parsed !== null && parsed <= 1_000_000) return parsed;
    return value === '' ? null : number('time_h', -1_000_000, 1_000_000, false);
  };
  const control = (): SampleFields['control'] => {
    const value = (cells.control ?? '').toUpperCase();
    if (value === '') return 'NONE';
    const known = (['NONE', 'PURE', 'UNTREATED', 'BLANK'] as const).find((role) => role === value);
    if (known === undefined) wrong('control', 'it is no control role', 'Use pure, untreated, blank or none.');
    return known ?? 'NONE';
  };
  const read: { readonly [Field in keyof SampleFields]: readonly [Column, () => SampleFields[Field]] } = {
    plate: ['plate', () => text('plate', 100)],
    well: ['well', () => mapped(text('well', 20), writeWell)],
    replicate: ['replicate', () => text('replicate', 50)],
    passage: ['passage', () => number('passage', 0, 10_000, true)],
    treatment: ['treatment', () => text('treatment', 100)],
    dose: ['dose', () => number('dose', 0, 1e12, false)],
    doseUnit: ['dose_unit', () => text('dose_unit', 20)],
    timePoint: ['time_h', hours],
    control: ['control', control],
  };
  const fields = Object.fromEntries(
    Object.entries(read)
      .filter(([, [column]]) => cells[column] !== undefined)
      .map(([field, [, value]]) => [field, value()]),
  ) as Partial<SampleFields>;
  const file = text('file', 255);
  const sample = text('sample', 100);
  if ((cells.file ?? '') === '' && (cells.sample ?? '') === '')
    wrong('sample', 'the row names neither a sample nor a file', 'Fill in one of them.');
  const lines = cells.lines === undefined ? undefined : readLines(cells.lines, wrong);
  return { row, file, sample, fields, problems, ...(lines === undefined ? {} : { lines }) };
}

/** Lines of a cell: `A172`, or `A172:0.7; BT474:0.3`, shares of the seeded cells also in per cent. */
function readLines(
  cell: string,
  wrong: (column: Column, message: string, cure: string) => null,
): readonly NamedLine[] {
  if (cell === '') return [];
  // A name that holds the signs between lines stands in quotes.
  const lines = (cell.match(/\s*"(?:[^"]|"")*"[^;]*|[^;]+/g) ?? []).flatMap((part) => {
    const found = /^("(?:[^"]|"")*"|.*?)\s*(?::\s*([\d.,]+)\s*(%?))?$/su.exec(part.trim());
    const given = found?.[1] ?? '';
    const name = /^".*"$/su.test(given) ? given.slice(1, -1).replaceAll('""', '"') : given;
    if (name === '') return [];
    const share = found?.[2] === undefined ? null : Number(found[2].replace(',', '.'));
    return [{ name, fraction: share === null ? null : found?.[3] === '%' ? share / 100 : share }];
  });
  const bad = lines.find(({ name, fraction }) => name.length > 100 || !(Number(fraction) <= 1));
  const total = lines.reduce((sum, { fraction }) => sum + (fraction ?? 0), 0);
  if (bad !== undefined) {
    wrong(
      'lines',
      `"${bad.name.slice(0, 60)}" with a share of ${bad.fraction} cannot be`,
      'Shares are 0 to 1, or 0 % to 100 %.',
    );
  } else if (total > 1.005) {
    wrong('lines', `the shares add up to ${total}`, 'They must add up to 1 (100 %) at most.');
  } else if (lines.length > 20) wrong('lines', `there are ${lines.length} lines`, 'At most 20 to a sample.');
  return lines;
}

function mapped(value: string | null, change: (value: string) => string): string | null {
  return value === null ? null : change(value);
}
