import { stringify } from 'csv-stringify/sync';
import { columns } from './columns.ts';
import { guardFormula } from './formula-guard.ts';
import { writeLines } from './write-lines.ts';

export interface WrittenRow {
  readonly file: string | null;
  readonly sample: string | null;
  readonly plate: string | null;
  readonly well: string | null;
  readonly replicate: string | null;
  readonly passage: number | null;
  readonly treatment: string | null;
  readonly dose: number | null;
  readonly doseUnit: string | null;
  readonly timePoint: number | null;
  readonly control: string | null;
  readonly lines: readonly { readonly name: string; readonly fraction: number | null }[];
}

/** A table that importSamples takes back: nothing changes where nothing was changed. */
export function writeTable(rows: readonly WrittenRow[], withFiles: boolean): string {
  const shown = columns.filter((column) => withFiles || column !== 'file');
  return stringify(
    [
      shown,
      ...rows.map((row) => {
        const cells: Record<(typeof columns)[number], string | number | null> = {
          ...row,
          dose_unit: row.doseUnit,
          time_h: row.timePoint,
          control: row.control === 'NONE' ? null : (row.control?.toLowerCase() ?? null),
          lines: writeLines(row.lines),
        };
        return shown.map((column) => {
          const cell = cells[column];
          return typeof cell === 'string' ? guardFormula(cell) : cell;
        });
      }),
    ],
    { record_delimiter: 'windows' },
  );
}
