/** A model that has segmented a snapshot. */
export interface ComparableModel {
  readonly id: string;
  /** `Mixtures v2`. */
  readonly label: string;
  readonly classes: readonly string[];
}

/** A snapshot that several models with the same classes have segmented. */
export interface ComparableSnapshot {
  readonly id: string;
  readonly label: string;
  readonly models: readonly ComparableModel[];
}

interface RunShape {
  readonly status: string;
  readonly done: number;
  /** Null where its dataset was deleted. */
  readonly datasetVersion: { readonly id: string; readonly number: number } | null;
  readonly modelVersion: {
    readonly id: string;
    readonly number: number;
    readonly classes: readonly string[];
    readonly model: { readonly name: string };
  };
}

/**
 * Snapshots that can be compared, in the order of their newest run: two models or more with the classes of another.
 * A snapshot whose dataset is not among `names` is called by its number.
 */
export function comparableSnapshots(
  runs: readonly RunShape[],
  names: ReadonlyMap<string, string>,
): ComparableSnapshot[] {
  const snapshots = new Map<string, { label: string; models: Map<string, ComparableModel> }>();
  for (const { done, datasetVersion, modelVersion } of runs) {
    if (done === 0 || datasetVersion === null) continue;
    const label = names.get(datasetVersion.id) ?? `Snapshot ${datasetVersion.number}`;
    const found = snapshots.get(datasetVersion.id) ?? { label, models: new Map() };
    snapshots.set(datasetVersion.id, found);
    const { id, number, classes, model } = modelVersion;
    found.models.set(id, { id, label: `${model.name} v${number}`, classes });
  }
  return [...snapshots].flatMap(([id, { label, models }]) => {
    const all = [...models.values()];
    const fit = all.filter((model) => all.some((other) => other !== model && sameClasses(other, model)));
    return fit.length < 2 ? [] : [{ id, label, models: fit }];
  });
}

/** Whether two models tell the same classes apart, in whatever order. */
export function sameClasses(a: ComparableModel, b: ComparableModel): boolean {
  return a.classes.toSorted().join('\n') === b.classes.toSorted().join('\n');
}
