/** The columns of a sample table, in the order in which they are written. */
export const columns = [
  'file',
  'sample',
  'plate',
  'well',
  'replicate',
  'passage',
  'treatment',
  'dose',
  'dose_unit',
  'time_h',
  'control',
  'lines',
] as const;

export type Column = (typeof columns)[number];

/** What people call them, without blanks, signs and capitals. */
const spellings: Readonly<Record<Column, readonly string[]>> = {
  file: ['file', 'filename', 'image', 'imagename'],
  sample: ['sample', 'samplename', 'culture'],
  plate: ['plate', 'dish'],
  well: ['well'],
  replicate: ['replicate', 'rep', 'biologicalreplicate'],
  passage: ['passage', 'passagenumber'],
  treatment: ['treatment', 'compound', 'drug'],
  dose: ['dose', 'concentration'],
  dose_unit: ['doseunit', 'unit', 'concentrationunit'],
  time_h: ['timeh', 'time', 'timehours', 'timepoint', 'hours'],
  control: ['control', 'controlrole'],
  lines: ['lines', 'line', 'cellline', 'celllines', 'label'],
};

/** The column that a heading means; null where it is none of ours. */
export function columnOf(heading: string): Column | null {
  const plain = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  return columns.find((column) => spellings[column].includes(plain)) ?? null;
}
