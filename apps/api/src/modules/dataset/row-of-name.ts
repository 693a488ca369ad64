import { matchName, type NamePattern, readFields } from '@cellmixer/sample-names';
import { type ReadRow, readRow } from '../sample/table/read-row.ts';

/**
 * What a file's name says, as a row of a sample table. Without {sample} a sample is named by its plate and well, or by
 * line, replicate, passage and treatment where there is no well; the dataset stands for a plate that is not named,
 * because C7 of two plates is not one sample. Times are samples of their own.
 */
export function rowOfName(pattern: NamePattern, file: string, dataset: string, row: number): ReadRow {
  const match = matchName(pattern, file);
  if (!match.matched) {
    const problem = {
      column: 'file',
      value: file.slice(0, 100),
      message: match.message,
      cure: 'Change the pattern, or label this image by hand.',
    } as const;
    return { row, file, sample: null, fields: {}, problems: [problem] };
  }
  const fields = readFields(match.values);
  const { line, plate, well, replicate, passage, treatment, dose, doseUnit, timeHours } = fields;
  const place =
    well !== null ? [well] : [line, mark(replicate, 'r'), mark(passage, 'p'), treatment, mark(dose, '')];
  const parts = [plate ?? dataset, ...place, timeHours === null ? null : `${timeHours} h`];
  const cells = {
    file,
    sample: fields.sample ?? parts.filter((part) => part !== null).join(' '),
    plate,
    well,
    replicate,
    passage,
    treatment,
    dose,
    dose_unit: doseUnit,
    time_h: timeHours,
    lines: line === null ? null : /[;:"]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line,
  };
  const told = Object.entries(cells).filter(([, value]) => value !== null);
  return readRow({ row, cells: Object.fromEntries(told.map(([column, value]) => [column, String(value)])) });
}

function mark(value: string | number | null, letter: string): string | null {
  return value === null ? null : `${letter}${value}`;
}
