import { fileOf, withoutEnding } from '@cellmixer/sample-names';
import type { Column } from './columns.ts';
import { findLine, type KnownLine } from './find-line.ts';
import type { NamedLine, ReadRow, RowProblem, SampleFields } from './read-row.ts';
import { writeLines } from './write-lines.ts';

/** What is there already. */
export interface KnownSample {
  readonly id: string;
  readonly name: string;
  readonly fields: SampleFields;
  readonly lines: readonly SeededLine[];
}

/** A line of the registry, or, with null, one that is to be registered under its name. */
export interface SeededLine {
  readonly cellLineId: string | null;
  readonly name: string;
  readonly fraction: number | null;
}

export interface KnownImage {
  readonly id: string;
  readonly name: string;
  readonly sampleId: string | null;
}

export interface Known {
  readonly samples: readonly KnownSample[];
  readonly images: readonly KnownImage[];
  readonly lines: readonly KnownLine[];
  /** Whether lines that nobody knows are to be registered. */
  readonly registerLines: boolean;
}

export interface Change {
  readonly field: Column;
  readonly before: string | null;
  readonly after: string | null;
}

export interface PlannedRow {
  readonly row: number;
  readonly sample: string | null;
  readonly file: string | null;
  readonly outcome: 'CREATED' | 'CHANGED' | 'UNCHANGED' | 'FAILED';
  readonly changes: readonly Change[];
  readonly problems: readonly RowProblem[];
}

export interface PlannedSample {
  /** Null for one that is to be made. */
  readonly id: string | null;
  readonly name: string;
  readonly fields: SampleFields;
  /** Null where they stay as they are. */
  readonly lines: readonly SeededLine[] | null;
  readonly imageIds: readonly string[];
}

export interface ImportPlan {
  readonly rows: readonly PlannedRow[];
  /** Those that are made or changed, or get images. */
  readonly samples: readonly PlannedSample[];
  /** Names of lines to register. */
  readonly newLines: readonly string[];
}

const nothing: SampleFields = {
  plate: null,
  well: null,
  replicate: null,
  passage: null,
  treatment: null,
  dose: null,
  doseUnit: null,
  timePoint: null,
  control: 'NONE',
};

const columnOfField: Readonly<Record<keyof SampleFields, Column>> = {
  plate: 'plate',
  well: 'well',
  replicate: 'replicate',
  passage: 'passage',
  treatment: 'treatment',
  dose: 'dose',
  doseUnit: 'dose_unit',
  timePoint: 'time_h',
  control: 'control',
};

/** Compares a table with what is there. Nothing is written; a row with a problem changes nothing. */
export function planImport(rows: readonly ReadRow[], known: Known): ImportPlan {
  const byName = new Map(known.samples.map((sample) => [sample.name, sample]));
  const byId = new Map(known.samples.map((sample) => [sample.id, sample]));
  const images = Map.groupBy(known.images, (image) => image.name);
  const series = Map.groupBy(known.images, (image) => fileOf(image.name));
  // The name of a file means all of its time points.
  const imagesOf = (file: string) => images.get(file) ?? series.get(file) ?? [];
  const drafts = new Map<string, Draft>();
  const newLines = new Map<string, string>();

  const planned = rows.map((row): PlannedRow => {
    const problems = [...row.problems];
    const own = row.file === null ? [] : imagesOf(row.file);
    if (row.file !== null && own.length === 0)
      problems.push(
        problemOf(
          'file',
          row.file,
          'no image of this dataset has this name',
          'Upload it first, or correct the name.',
        ),
      );
    const name = row.sample ?? nameOf(row, own, byId);
    const lines = row.lines?.flatMap((line) => {
      const found = findLine(line.name, known.lines);
      if ('line' in found)
        return [{ cellLineId: found.line.id, name: found.line.name, fraction: line.fraction }];
      if (known.registerLines && found.registrable) return [newLine(line, newLines)];
      problems.push(problemOf('lines', line.name, found.message, found.cure));
      return [];
    });
    const twice = lines?.find((line, i) => lines.findIndex((other) => other.name === line.name) !== i);
    if (twice !== undefined)
      problems.push(problemOf('lines', twice.name, 'the line is named twice', 'Name each line once.'));
    const base = { row: row.row, sample: name, file: row.file };
    if (name === null || problems.length > 0) return { ...base, outcome: 'FAILED', changes: [], problems };
    const draft = drafts.get(name) ?? new Draft(name, byName.get(name) ?? null);
    const contradiction = draft.contradiction(row, lines);
    if (contradiction !== null) return { ...base, outcome: 'FAILED', changes: [], problems: [contradiction] };
    const first = !drafts.has(name);
    drafts.set(name, draft);
    const changes = draft.take(row, lines);
    for (const image of own) {
      if (draft.known !== null && image.sampleId === draft.known.id) continue;
      draft.imageIds.add(image.id);
      const before = image.sampleId === null ? null : (byId.get(image.sampleId)?.name ?? null);
      changes.push({ field: 'sample', before, after: name });
    }
    const created = first && draft.known === null;
    return {
      ...base,
      outcome: created ? 'CREATED' : changes.length > 0 ? 'CHANGED' : 'UNCHANGED',
      changes,
      problems,
    };
  });
  return {
    rows: planned,
    samples: [...drafts.values()].filter((draft) => draft.dirty).map((draft) => draft.finished()),
    newLines: [...newLines.values()],
  };
}

/** A sample as it becomes row by row. */
class Draft {
  readonly name: string;
  readonly known: KnownSample | null;
  readonly imageIds = new Set<string>();
  #fields: SampleFields;
  #lines: readonly SeededLine[] | null = null;
  #changed = false;
  readonly #said = new Map<Column, { by: string; value: string }>();

  constructor(name: string, known: KnownSample | null) {
    this.name = name;
    this.known = known;
    this.#fields = known?.fields ?? nothing;
  }

  get dirty(): boolean {
    return this.known === null || this.#changed || this.imageIds.size > 0;
  }

  /** Rows of one sample may leave out what another says, but not say something else. */
  contradiction(row: ReadRow, lines: readonly SeededLine[] | undefined): RowProblem | null {
    for (const [column, value] of said(row, lines)) {
      const before = this.#said.get(column);
      if (before === undefined || before.value === value) continue;
      return problemOf(
        column,
        value,
        `${before.by} says "${before.value}" of the same sample "${this.name}"`,
        column === 'lines'
          ? 'All pictures of a sample show one culture: correct the line, or, where these are two wells, give each its own plate, well or sample name.'
          : 'All rows of a sample must agree: correct one of them, or name two samples.',
      );
    }
    return null;
  }

  take(row: ReadRow, lines: readonly SeededLine[] | undefined): Change[] {
    const changes: Change[] = [];
    const told = said(row, lines);
    for (const [field, value] of Object.entries(row.fields) as [
      keyof SampleFields,
      SampleFields[keyof SampleFields],
    ][]) {
      const column = columnOfField[field];
      // An empty cell empties, unless another row of the sample fills it.
      if (!told.has(column) && this.#said.has(column)) continue;
      if (this.#fields[field] === value) continue;
      changes.push({ field: column, before: written(this.#fields[field]), after: written(value) });
      this.#fields = { ...this.#fields, [field]: value };
      this.#changed = true;
    }
    if (lines !== undefined && (told.has('lines') || !this.#said.has('lines'))) {
      const now = this.#lines ?? this.known?.lines ?? [];
      if (writeLines(now) !== writeLines(lines)) {
        changes.push({ field: 'lines', before: writeLines(now), after: writeLines(lines) });
        this.#lines = lines;
        this.#changed = true;
      }
    }
    for (const [column, value] of told)
      this.#said.set(column, { by: row.file === null ? `row ${row.row}` : `"${row.file}"`, value });
    return changes;
  }

  finished(): PlannedSample {
    return {
      id: this.known?.id ?? null,
      name: this.name,
      fields: this.#fields,
      lines: this.#lines,
      imageIds: [...this.imageIds],
    };
  }
}

/** What a row says out loud: cells that are not empty. */
function said(row: ReadRow, lines: readonly SeededLine[] | undefined): Map<Column, string> {
  const told = new Map<Column, string>();
  for (const [field, value] of Object.entries(row.fields) as [
    keyof SampleFields,
    SampleFields[keyof SampleFields],
  ][]) {
    const text = written(value);
    if (text !== null) told.set(columnOfField[field], text);
  }
  if (lines !== undefined && lines.length > 0) told.set('lines', writeLines(lines) ?? '');
  return told;
}

function written(value: string | number | null): string | null {
  return value === null || value === 'NONE' ? null : String(value);
}

/** The name of a file's sample, where the row has none: that of now, else plate and well, else the file's. */
function nameOf(
  row: ReadRow,
  own: readonly KnownImage[],
  byId: ReadonlyMap<string, KnownSample>,
): string | null {
  if (row.file === null) return null;
  const now = new Set(own.map((image) => image.sampleId));
  const only = now.size === 1 ? [...now][0] : null;
  if (only != null) return byId.get(only)?.name ?? null;
  const place = [row.fields.plate, row.fields.well].filter((part) => part != null);
  return place.length > 0 ? place.join(' ') : withoutEnding(row.file).slice(0, 100);
}

function newLine(line: NamedLine, newLines: Map<string, string>): SeededLine {
  const key = line.name.toLowerCase();
  const name = newLines.get(key) ?? line.name;
  newLines.set(key, name);
  return { cellLineId: null, name, fraction: line.fraction };
}

function problemOf(column: Column, value: string, message: string, cure: string): RowProblem {
  return { column, value: value.slice(0, 100), message, cure };
}
