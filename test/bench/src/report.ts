import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';

/** Where a benchmark ran: what a reader needs to judge its times. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
}

/** The figures of one benchmark, by the ids that `docs` and the bars use, such as `training.w16.128`. */
export type Figures = Readonly<Record<string, number>>;

export type Row = Readonly<Record<string, string | number | undefined>>;

/** Describes this machine: processor, cores, memory in GiB, operating system. */
export function machine(): Machine {
  return {
    cpu: (cpus()[0]?.model ?? 'unknown').trim(),
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
  };
}

/** Versions of Node and of the named packages as installed; a package that is absent is left out. */
export function versions(packages: readonly string[] = ['onnxruntime-node']): Record<string, string> {
  const found: Record<string, string> = { node: process.versions.node };
  const require = createRequire(import.meta.url);
  for (const name of packages) {
    try {
      const text = readFileSync(require.resolve(`${name}/package.json`), 'utf8');
      found[name] = (JSON.parse(text) as { version: string }).version;
    } catch {
      // An optional peer that is not installed, or a package that hides its package.json.
    }
  }
  return found;
}

/** Prints rows as an aligned table under a title; columns in the order of first appearance, numbers to the right. */
export function printTable(title: string, rows: readonly Row[]): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const text = (value: Row[string]) =>
    value === undefined ? '' : typeof value === 'number' ? formatNumber(value) : value;
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => text(row[name]).length)));
  const rightAligned = columns.map((name) =>
    rows.every((row) => row[name] === undefined || typeof row[name] === 'number'),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (rightAligned[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd();
  console.log(`\n${title}`);
  console.log(line(columns));
  console.log(widths.map((width) => '-'.repeat(width)).join('  '));
  for (const row of rows) console.log(line(columns.map((name) => text(row[name]))));
}

/**
 * Writes `{figures, machine, versions, …details}` as JSON.
 *
 * @param details whatever else the benchmark wants to keep: settings, every single result.
 */
export function writeFigures(
  file: string,
  figures: Figures,
  details: Readonly<Record<string, unknown>> = {},
): void {
  const report = { figures, machine: machine(), versions: versions(), ...details };
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}

/** The middle value; of an even number of values the mean of the middle two. NaN for none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The q-quantile (0…1), linear between neighbours. NaN for no values. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const upper = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return sorted[below]! + (upper - sorted[below]!) * (position - below);
}

/**
 * A distribution-free interval of at least 95 % for the median: the order statistics of the sign test.
 * With fewer than six values it is the whole range.
 */
export function medianInterval(values: readonly number[]): [number, number] {
  const sorted = values.toSorted((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) return [Number.NaN, Number.NaN];
  let tail = 0;
  let choose = 1;
  let rank = 0;
  for (let k = 0; k < n / 2; k++) {
    tail += choose / 2 ** n;
    if (tail > 0.025) break;
    rank = k + 1;
    choose = (choose * (n - k)) / (k + 1);
  }
  const low = Math.max(rank - 1, 0);
  return [sorted[low]!, sorted[n - 1 - low]!];
}

function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const magnitude = Math.abs(value);
  return value.toFixed(magnitude >= 100 ? 0 : magnitude >= 10 ? 1 : 3);
}
