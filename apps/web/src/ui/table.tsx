'use client';

import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  type SortingState,
  sortFn_alphanumeric,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { Button } from './button.tsx';

export interface TableColumn<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** What the column is sorted by; a column without it cannot be sorted. Null comes last. */
  readonly sortBy?: (row: Row) => string | number | null;
  /** `end` for numbers. */
  readonly align?: 'start' | 'end';
  /** Left out on screens narrower than this. */
  readonly from?: 'sm' | 'md' | 'lg';
  /** Takes the room that is left. */
  readonly grows?: boolean;
}

export interface TableProps<Row> {
  /** Read out before the table. */
  readonly label: string;
  readonly rows: readonly Row[];
  /** In a constant or a memo, so that the order is not made anew at each rendering. */
  readonly columns: readonly TableColumn<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly initialSort?: { readonly id: string; readonly descending?: boolean };
  /** In the place of rows where there are none. */
  readonly empty?: ReactNode;
  /** So many rows at first, and more of them at a click; all by default. */
  readonly atFirst?: number;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric },
});

/**
 * Rows of 32 px, sorted by a click on a header. The first link or button of a row is what the arrow keys go through.
 * Scrolls by itself where the screen is too narrow.
 */
export function Table<Row extends object>({
  label,
  rows,
  columns,
  rowKey,
  initialSort,
  empty,
  atFirst = Number.POSITIVE_INFINITY,
}: TableProps<Row>) {
  const [most, setMost] = useState(atFirst);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        accessorFn: (row: Row) => column.sortBy?.(row) ?? undefined,
        enableSorting: column.sortBy !== undefined,
        sortFn: 'alphanumeric' as const,
        sortUndefined: 'last' as const,
      })),
    [columns],
  );
  const data = useMemo(() => [...rows], [rows]);
  const sorting: SortingState = initialSort
    ? [{ id: initialSort.id, desc: initialSort.descending ?? false }]
    : [];
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowKey,
    initialState: { sorting },
    enableMultiSort: false,
  });

  // Without a header to stop at, the keyboard could not scroll it.
  const stop = columns.every(({ sortBy }) => sortBy === undefined)
    ? { role: 'region', 'aria-label': label, tabIndex: 0 }
    : {};
  const sorted = table.getRowModel().rows;
  const left = sorted.length - most;
  // Relative: words for screen readers alone stand absolutely, and would widen the page instead.
  const whole = (
    <div {...stop} className="hairline relative overflow-x-auto rounded-ui bg-surface">
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-line border-b">
            {table.getHeaderGroups()[0]?.headers.map((header) => {
              const column = byId.get(header.id);
              if (column === undefined) return null;
              const direction = header.column.getIsSorted();
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={
                    direction === false ? undefined : direction === 'asc' ? 'ascending' : 'descending'
                  }
                  className={clsx(
                    cellStyle(column),
                    'py-1 font-normal text-muted text-xs max-sm:whitespace-normal',
                  )}
                >
                  {column.sortBy === undefined ? (
                    column.header
                  ) : (
                    <button
                      type="button"
                      onClick={header.column.getToggleSortingHandler()}
                      className="inline-flex items-center gap-1 hover:text-ink"
                    >
                      {column.header}
                      <span className="inline-flex w-3 [&_svg]:size-3" aria-hidden="true">
                        {direction === 'asc' && <ArrowUp />}
                        {direction === 'desc' && <ArrowDown />}
                      </span>
                    </button>
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody onKeyDown={moveByArrows}>
          {sorted.slice(0, most).map((row) => (
            <tr key={row.id} className="border-line not-last:border-b hover:bg-sunken/60">
              {columns.map((column) => (
                <td key={column.id} className={cellStyle(column)}>
                  {column.cell(row.original)}
                </td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && empty !== undefined && (
            <tr>
              <td colSpan={columns.length} className="px-3 py-8 text-center text-muted">
                {empty}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
  if (left <= 0) return whole;
  return (
    <>
      {whole}
      <Button className="mt-3" onClick={() => setMost(most + atFirst)}>
        {`Show ${Math.min(atFirst, left)} more of ${sorted.length.toLocaleString('en-GB')}`}
      </Button>
    </>
  );
}

function cellStyle<Row>(column: TableColumn<Row>): string {
  return clsx(
    'h-8 px-3',
    column.align === 'end' ? 'text-right' : 'text-left',
    column.grows === true ? 'w-full min-w-24 sm:min-w-40' : 'whitespace-nowrap',
    column.from === 'sm' && 'hidden sm:table-cell',
    column.from === 'md' && 'hidden md:table-cell',
    column.from === 'lg' && 'hidden lg:table-cell',
  );
}

/** Up and down go to the same place of the neighbouring row. */
function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  if (!(event.target instanceof HTMLElement) || event.target.matches('input, select, textarea')) return;
  const row = event.target.closest('tr');
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling;
  const target = next?.querySelector<HTMLElement>('a, button, input');
  if (target == null) return;
  event.preventDefault();
  target.focus();
}
