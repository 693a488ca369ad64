import { ConfusionTable } from '../run/confusion-table.tsx';
import type { Comparison, NameOf } from './comparison-view.tsx';

type Results = NonNullable<Comparison['results']>;

/** Against the truth where there is one; else model against model. By cell where cells were annotated. */
export function ConfusionTables({ results, nameOf }: { readonly results: Results; readonly nameOf: NameOf }) {
  const judged = results.models.flatMap(({ modelVersion, judgement }) => {
    if (judgement === null) return [];
    const cells = judgement.cellConfusion;
    return [
      {
        key: modelVersion.id,
        title: nameOf(modelVersion.id),
        says: `${cells === null ? 'Pixels' : 'Cells'}: rows the truth, columns what the model called them`,
        confusion: cells ?? judgement.pixelConfusion,
      },
    ];
  });
  const paired = results.agreements.flatMap(({ first, second, confusion }) =>
    confusion === null
      ? []
      : [
          {
            key: `${first.id} ${second.id}`,
            title: `${nameOf(first.id)} and ${nameOf(second.id)}`,
            says: `Pixels: rows ${nameOf(first.id)}, columns ${nameOf(second.id)}`,
            confusion,
          },
        ],
  );
  return (
    <div className="grid gap-6 xl:grid-cols-2">
      {(judged.length > 0 ? judged : paired).map(({ key, ...table }) => (
        <ConfusionTable key={key} {...table} />
      ))}
    </div>
  );
}
