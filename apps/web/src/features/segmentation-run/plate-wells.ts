import type { SampleComposition } from './composition-points.ts';

/** A well of a plate with all that its samples hold. */
export interface Well {
  /** `C7`. */
  readonly name: string;
  /** From 0. */
  readonly row: number;
  readonly column: number;
  readonly samples: readonly string[];
  readonly cells: number;
  /** In the model's order; null without cells. */
  readonly shares: readonly (number | null)[];
}

export interface Plate {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly wells: readonly Well[];
}

/** Plates as they are sold, rows by columns. */
const SIZES = [
  [2, 3],
  [3, 4],
  [4, 6],
  [6, 8],
  [8, 12],
  [16, 24],
  [32, 48],
] as const;

/** The plates of a run, each of the smallest size that holds its wells; samples without a well are left out. */
export function platesOf(samples: readonly SampleComposition[]): Plate[] {
  const placed = samples.flatMap((sample) => {
    const at = sample.well === null ? null : placeOf(sample.well);
    return at === null ? [] : [{ sample, ...at }];
  });
  const byPlate = Map.groupBy(placed, ({ sample }) => sample.plate ?? '');
  return [...byPlate].map(([name, own]) => {
    const wells = [...Map.groupBy(own, ({ row, column }) => wellName(row, column))].map(([well, inside]) =>
      addUp(
        well,
        inside[0]?.row ?? 0,
        inside[0]?.column ?? 0,
        inside.map(({ sample }) => sample),
      ),
    );
    const height = 1 + Math.max(...wells.map(({ row }) => row));
    const width = 1 + Math.max(...wells.map(({ column }) => column));
    const [rows, columns] = SIZES.find(([r, c]) => r >= height && c >= width) ?? [height, width];
    return { name, rows, columns, wells };
  });
}

/** Row and column of `C7`, `c07` or `AA12`, from 0; null for what is no well. */
export function placeOf(well: string): { readonly row: number; readonly column: number } | null {
  const [, letters, number] = /^\s*([A-Za-z]{1,2})0*([1-9]\d?)\s*$/.exec(well) ?? [];
  if (letters === undefined || number === undefined) return null;
  const row = [...letters.toUpperCase()].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1;
  return { row, column: Number(number) - 1 };
}

/** `A` … `Z`, `AA` …: the name of a row, from 0. */
export function rowName(row: number): string {
  return row < 26 ? String.fromCharCode(65 + row) : rowName(Math.floor(row / 26) - 1) + rowName(row % 26);
}

function wellName(row: number, column: number): string {
  return `${rowName(row)}${column + 1}`;
}

function addUp(name: string, row: number, column: number, samples: readonly SampleComposition[]): Well {
  const cells = samples.reduce((sum, sample) => sum + sample.cells, 0);
  const classes = samples[0]?.classes.length ?? 0;
  const shares = Array.from({ length: classes }, (_, place) =>
    cells === 0
      ? null
      : samples.reduce((sum, sample) => sum + (sample.classes[place]?.cells ?? 0), 0) / cells,
  );
  return { name, row, column, cells, shares, samples: samples.map((sample) => sample.name) };
}
