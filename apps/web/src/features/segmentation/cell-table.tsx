'use client';

import { useMemo } from 'react';
import { useAsk } from '#api/use-ask.ts';
import { graphql } from '#graphql';
import type { CellsQuery as CellsData } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { formatCount } from '#ui/format.ts';
import { Section } from '#ui/page-header.tsx';
import { Skeleton } from '#ui/skeleton.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { useLinkedCamera } from '#viewer/viewer-group.tsx';

const CellsQuery = graphql(`
  query Cells($id: ID!, $first: Int!, $after: Int) {
    node(id: $id) {
      __typename
      ... on Segmentation {
        id
        cells(first: $first, after: $after) {
          total
          next
          cells { label className position predicted corrected confidence area centroidX centroidY }
        }
      }
    }
  }
`);

type Cell = Extract<
  NonNullable<CellsData['node']>,
  { readonly __typename: 'Segmentation' }
>['cells']['cells'][number];

export interface CellTableProps {
  readonly segmentation: string;
  readonly selected: readonly number[];
  /** How many cells stand before the page that is shown. */
  readonly from: number;
  readonly onFrom: (from: number) => void;
  readonly onChoose: (label: number) => void;
}

export const CELLS_OF_A_PAGE = 200;

/** Close enough to see one cell with its neighbours. */
const CLOSE = 2;

/** Every cell, page by page; choosing one takes the viewer there. */
export function CellTable({ segmentation, selected, from, onFrom, onChoose }: CellTableProps) {
  const { latest, loading, error } = useAsk(CellsQuery, {
    id: segmentation,
    first: CELLS_OF_A_PAGE,
    after: from,
  });
  const camera = useLinkedCamera();
  const setCamera = camera?.setCamera;
  const node = latest?.node;
  const page = node?.__typename === 'Segmentation' ? node.cells : null;
  const columns = useMemo<readonly TableColumn<Cell>[]>(
    () => [
      {
        id: 'label',
        header: 'Cell',
        sortBy: (cell) => cell.label,
        cell: (cell) => (
          <button
            type="button"
            aria-pressed={selected.includes(cell.label)}
            className={
              selected.includes(cell.label)
                ? 'font-semibold underline'
                : 'text-link underline-offset-3 hover:underline'
            }
            onClick={() => {
              onChoose(cell.label);
              setCamera?.({ x: cell.centroidX + 0.5, y: cell.centroidY + 0.5, zoom: CLOSE });
            }}
          >
            {cell.label}
          </button>
        ),
      },
      {
        id: 'class',
        header: 'Class',
        grows: true,
        sortBy: (cell) => cell.className,
        cell: (cell) =>
          `${cell.position === null ? 'no cell' : (cell.className ?? 'no class')}${cell.corrected ? ', corrected' : ''}`,
      },
      {
        id: 'confidence',
        header: 'Confidence',
        align: 'end',
        sortBy: (cell) => cell.confidence,
        cell: (cell) => cell.confidence.toFixed(2),
      },
      {
        id: 'area',
        header: 'Area, px',
        align: 'end',
        sortBy: (cell) => cell.area,
        cell: (cell) => Math.round(cell.area).toLocaleString('en-GB'),
      },
      {
        id: 'place',
        header: 'At x, y',
        align: 'end',
        from: 'sm',
        cell: (cell) => `${Math.round(cell.centroidX)}, ${Math.round(cell.centroidY)}`,
      },
    ],
    [selected, onChoose, setCamera],
  );
  return (
    <div className="mt-8">
      <Section
        title="Cells"
        actions={
          page !== null && (page.next !== null || from > 0) ? (
            <div className="flex gap-2">
              <Button
                disabled={from === 0 || loading}
                onClick={() => onFrom(Math.max(0, from - CELLS_OF_A_PAGE))}
              >
                Back
              </Button>
              <Button disabled={page.next === null || loading} onClick={() => onFrom(page.next ?? from)}>
                Further cells
              </Button>
            </div>
          ) : undefined
        }
      >
        {error !== undefined ? (
          <p role="alert" className="text-bad text-sm">{`The cells cannot be read: ${error.message}`}</p>
        ) : page === null ? (
          <Skeleton className="h-40 w-full" />
        ) : (
          <>
            <Table
              label="Cells"
              rows={page.cells}
              columns={columns}
              rowKey={(cell) => String(cell.label)}
              empty="No cells were found here."
            />
            <p className="mt-2 text-muted text-xs">
              {`${formatCount(page.total, 'cell')} in all. A click on a number takes the viewer there; a click in the picture marks the cell.`}
            </p>
          </>
        )}
      </Section>
    </div>
  );
}
