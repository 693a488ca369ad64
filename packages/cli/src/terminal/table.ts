export type Cell = string | number | null;

/** Rows as aligned text: numbers to the right, what is missing (null, NaN) as a dash. */
export function alignTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  const text = rows.map((row) => row.map(sayCell));
  const widths = columns.map((name, i) => Math.max(name.length, ...text.map((row) => row[i]?.length ?? 0)));
  const numeric = columns.map((_, i) => rows.every((row) => typeof row[i] !== 'string'));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (numeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  return [line(columns), widths.map((width) => '─'.repeat(width)).join('  '), ...text.map(line)];
}

/** Whole numbers as they are, others with three digits. */
export function sayCell(value: Cell): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value)) return String(value);
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 3);
}
