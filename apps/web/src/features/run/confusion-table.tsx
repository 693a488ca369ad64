export interface ConfusionTableProps {
  readonly title: string;
  /** What rows and columns are. */
  readonly says: string;
  readonly confusion: {
    readonly columns: readonly string[];
    readonly rows: readonly {
      readonly name: string;
      readonly counts: readonly number[];
      readonly shares: readonly number[];
    }[];
  };
}

/** Normalised by row, counts below; the darker, the more. */
export function ConfusionTable({ title, says, confusion }: ConfusionTableProps) {
  return (
    <figure className="hairline min-w-0 overflow-x-auto rounded-ui bg-surface p-3">
      <figcaption className="mb-2">
        <span className="block font-medium text-base">{title}</span>
        <span className="block text-muted text-xs">{says}</span>
      </figcaption>
      <table className="w-full border-separate border-spacing-0.5 text-sm">
        <thead>
          <tr>
            <td />
            {confusion.columns.map((name) => (
              <th key={name} scope="col" className="px-1 pb-1 text-center font-normal text-muted text-xs">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.rows.map(({ name, counts, shares }) => (
            <tr key={name}>
              <th scope="row" className="whitespace-nowrap pr-2 text-right font-normal text-muted text-xs">
                {name}
              </th>
              {confusion.columns.map((column, place) => {
                const share = shares[place] ?? 0;
                return (
                  <td
                    key={column}
                    className="relative min-w-14 rounded-[2px] px-1 py-1.5 text-center"
                    style={{
                      backgroundColor: `color-mix(in oklab, var(--color-ink) ${Math.round(18 * share)}%, transparent)`,
                    }}
                  >
                    <span className="block">{share.toFixed(2)}</span>
                    <span className="block text-xs">
                      {Math.round(counts[place] ?? 0).toLocaleString('en-GB')}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
