/** A pure culture of a snapshot. */
export interface CultureLine {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
  /** Of Cellosaurus; null where nobody gave it. */
  readonly accession: string | null;
  /** Whether it is known from lent datasets alone. */
  readonly lent: boolean;
  readonly images: number;
}

/** A snapshot that holds pure cultures. */
export interface CultureSnapshot {
  readonly id: string;
  /** `Plate 3, snapshot 2`. */
  readonly label: string;
  readonly dataset: string;
  readonly createdAt: string;
  /** Whether it is its dataset's newest. */
  readonly newest: boolean;
  readonly lines: readonly CultureLine[];
}

interface DatasetShape {
  readonly name: string;
  readonly versions: {
    readonly edges: readonly {
      readonly node: {
        readonly id: string;
        readonly number: number;
        readonly createdAt: string;
        readonly populations: readonly {
          readonly images: number;
          readonly cellLine: Omit<CultureLine, 'images' | 'lent'> | null;
        }[];
      };
    }[];
  };
}

/** The snapshots with pure cultures, newest of each dataset first. */
export function collectCultures(datasets: readonly DatasetShape[], lent = false): CultureSnapshot[] {
  return datasets.flatMap(({ name, versions }) =>
    versions.edges.flatMap(({ node }, place) => {
      const lines = node.populations.flatMap(({ cellLine, images }) => {
        if (cellLine === null) return [];
        const { id, name, colour, accession } = cellLine;
        return [{ id, name, colour, accession, lent, images }];
      });
      if (lines.length === 0) return [];
      const label = `${name}, snapshot ${node.number}`;
      return [{ id: node.id, label, dataset: name, createdAt: node.createdAt, newest: place === 0, lines }];
    }),
  );
}

/** A class of the training to come: one line, or several that count as one. */
export interface TypeClass {
  /** Stable while the form is open. */
  readonly key: string;
  readonly name: string;
  readonly lines: readonly CultureLine[];
}

/** The lines of the chosen snapshots, images added up. */
export function linesOf(snapshots: readonly CultureSnapshot[]): CultureLine[] {
  const found = new Map<string, CultureLine>();
  for (const { lines } of snapshots) {
    for (const line of lines) {
      const known = found.get(line.id);
      found.set(line.id, {
        ...line,
        lent: line.lent && (known?.lent ?? true),
        images: line.images + (known?.images ?? 0),
      });
    }
  }
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

/**
 * One class a line, in the order of names: what most trainings want. A lent line is proposed to count as the one of
 * one's own that has its accession; of several such, which are clones, a person chooses.
 */
export function proposeClasses(lines: readonly CultureLine[]): TypeClass[] {
  const own = lines.filter(({ lent }) => !lent);
  const joined = new Map<string, CultureLine[]>();
  const classes: TypeClass[] = [];
  for (const line of lines) {
    const same =
      line.lent && line.accession !== null ? own.filter((one) => one.accession === line.accession) : [];
    const [only] = same;
    if (only !== undefined && same.length === 1) {
      joined.set(only.id, [...(joined.get(only.id) ?? []), line]);
    } else {
      const taken = lines.some(({ id, name }) => id !== line.id && name === line.name);
      classes.push({
        key: line.id,
        name: line.lent && taken ? `${line.name} (lent)` : line.name,
        lines: [line],
      });
    }
  }
  return classes.map((one) => ({ ...one, lines: [...one.lines, ...(joined.get(one.key) ?? [])] }));
}

/** Takes a line out of its class and puts it into another, a new one of its own, or none (`null`). */
export function moveLine(
  classes: readonly TypeClass[],
  line: CultureLine,
  to: string | 'own' | null,
): TypeClass[] {
  const without = classes
    .map((one) => ({ ...one, lines: one.lines.filter(({ id }) => id !== line.id) }))
    .filter((one) => one.lines.length > 0);
  if (to === null) return without;
  if (to === 'own') return [...without, { key: line.id, name: line.name, lines: [line] }];
  return without.map((one) => (one.key === to ? { ...one, lines: [...one.lines, line] } : one));
}
