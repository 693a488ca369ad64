'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { DatasetTable_DatasetFragment } from '#graphql/graphql.ts';
import { formatDate } from '#ui/format.ts';
import { Table, type TableColumn } from '#ui/table.tsx';
import { paths } from '../paths.ts';
import { modalityNames } from './modality-names.ts';

const DatasetTable_dataset = graphql(`
  fragment DatasetTable_dataset on Dataset {
    id
    name
    modality
    createdAt
    imageCounts { total }
    newest: versions(first: 1) { edges { node { id number } } }
  }
`);

type Row = DatasetTable_DatasetFragment;

const facts: readonly TableColumn<Row>[] = [
  {
    id: 'modality',
    header: 'Modality',
    from: 'sm',
    sortBy: (dataset) => modalityNames[dataset.modality],
    cell: (dataset) => modalityNames[dataset.modality],
  },
  {
    id: 'images',
    header: 'Images',
    align: 'end',
    sortBy: (dataset) => dataset.imageCounts.total,
    cell: (dataset) => dataset.imageCounts.total.toLocaleString('en-GB'),
  },
  {
    id: 'snapshots',
    header: 'Snapshots',
    align: 'end',
    from: 'sm',
    sortBy: (dataset) => dataset.newest.edges[0]?.node.number ?? 0,
    cell: (dataset) => dataset.newest.edges[0]?.node.number ?? 0,
  },
  {
    id: 'createdAt',
    header: 'Made',
    align: 'end',
    from: 'md',
    sortBy: (dataset) => dataset.createdAt,
    cell: (dataset) => formatDate(dataset.createdAt),
  },
];

export interface DatasetTableProps {
  readonly project: string;
  readonly datasets: readonly FragmentType<typeof DatasetTable_dataset>[];
}

export function DatasetTable({ project, datasets }: DatasetTableProps) {
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'name',
        header: 'Name',
        grows: true,
        sortBy: (dataset) => dataset.name,
        cell: (dataset) => (
          <Link href={paths.dataset(project, dataset.id)} className="font-medium hover:underline">
            {dataset.name}
          </Link>
        ),
      },
      ...facts,
    ],
    [project],
  );
  return (
    <Table
      label="Datasets"
      rows={readFragment(DatasetTable_dataset, datasets)}
      columns={columns}
      rowKey={(dataset) => dataset.id}
      initialSort={{ id: 'createdAt', descending: true }}
      empty="No pictures yet. A dataset holds those that one microscope took in one way."
    />
  );
}
