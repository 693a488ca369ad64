'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { Status } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { paths } from '../paths.ts';
import type { SegmentationRun } from './segmentation-run-view.tsx';

type Row = SegmentationRun['segmentations']['edges'][number]['node'];

export interface SegmentationTableProps {
  readonly project: string;
  readonly run: string;
  readonly segmentations: readonly Row[];
}

/** Image by image, the least sure first: what most needs a look. */
export function SegmentationTable({ project, run, segmentations }: SegmentationTableProps) {
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'image',
        header: 'Image',
        grows: true,
        sortBy: (row) => row.image?.name ?? null,
        cell: (row) => (
          <Link
            href={paths.segmentation(project, row.id, run)}
            className="font-medium hover:underline [overflow-wrap:anywhere]"
          >
            {row.image?.name ?? 'withdrawn image'}
          </Link>
        ),
      },
      {
        id: 'sample',
        header: 'Sample',
        from: 'md',
        sortBy: (row) => row.image?.sample?.name ?? null,
        cell: (row) => row.image?.sample?.name ?? '–',
      },
      {
        id: 'cells',
        header: 'Cells',
        align: 'end',
        sortBy: (row) => row.cellCount,
        cell: (row) => row.cellCount?.toLocaleString('en-GB') ?? '–',
      },
      {
        id: 'uncertainty',
        header: 'Uncertainty',
        align: 'end',
        from: 'sm',
        sortBy: (row) => row.uncertainty,
        cell: (row) => row.uncertainty?.toFixed(2) ?? '–',
      },
      {
        id: 'notes',
        header: 'Notes',
        from: 'lg',
        sortBy: (row) => row.warnings.length,
        cell: (row) =>
          row.warnings.length > 0 ? (
            <span title={row.warnings.join(' ')}>
              <Status tone="care">{row.warnings[0]}</Status>
            </span>
          ) : row.correctionRevision > 0 ? (
            'corrected'
          ) : (
            ''
          ),
      },
    ],
    [project, run],
  );
  return (
    <Table
      label="Images"
      rows={segmentations}
      columns={columns}
      rowKey={(row) => row.id}
      initialSort={{ id: 'uncertainty', descending: true }}
    />
  );
}
