'use client';

import { useMemo } from 'react';
import { Table, type TableColumn } from '#ui/table.tsx';
import { percent, type SampleComposition, type SampleShare } from './composition-points.ts';

export interface CompositionTableProps {
  readonly samples: readonly SampleComposition[];
  readonly classes: readonly string[];
}

/** The figures behind the charts. */
export function CompositionTable({ samples, classes }: CompositionTableProps) {
  const columns = useMemo<readonly TableColumn<SampleComposition>[]>(
    () => [
      {
        id: 'name',
        header: 'Sample',
        grows: true,
        sortBy: (row) => row.name,
        cell: (row) => row.name,
      },
      {
        id: 'place',
        header: 'Well',
        from: 'md',
        sortBy: (row) => row.place,
        cell: (row) => row.place || '–',
      },
      {
        id: 'replicate',
        header: 'Replicate',
        from: 'lg',
        sortBy: (row) => row.replicate,
        cell: (row) => row.replicate ?? '–',
      },
      {
        id: 'images',
        header: 'Images',
        align: 'end',
        sortBy: (row) => row.images,
        cell: (row) => row.images,
      },
      {
        id: 'cells',
        header: 'Cells',
        align: 'end',
        sortBy: (row) => row.cells,
        cell: (row) => row.cells.toLocaleString('en-GB'),
      },
      ...classes.map(
        (name, place): TableColumn<SampleComposition> => ({
          id: `class ${place}`,
          header: name,
          align: 'end',
          sortBy: (row) => row.classes[place]?.fraction ?? null,
          cell: (row) => <ShareCell share={row.classes[place]} />,
        }),
      ),
      {
        id: 'unassigned',
        header: 'No class',
        align: 'end',
        from: 'md',
        sortBy: (row) => row.unassignedCells,
        cell: (row) => row.unassignedCells.toLocaleString('en-GB'),
      },
    ],
    [classes],
  );
  return <Table label="Composition by sample" rows={samples} columns={columns} rowKey={(row) => row.name} />;
}

function ShareCell({ share }: { readonly share: SampleShare | undefined }) {
  if (share === undefined || share.fraction === null) return '–';
  return (
    <>
      {percent(share.fraction)}
      <span className="ml-1.5 text-muted text-xs">
        {`${(100 * share.low).toFixed(0)}–${(100 * share.high).toFixed(0)}`}
      </span>
    </>
  );
}
