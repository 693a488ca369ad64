'use client';

import { type FragmentType, graphql, readFragment } from '#graphql';
import type { CellLineTable_CellLineFragment } from '#graphql/graphql.ts';
import { formatDate } from '#ui/format.ts';
import { Swatch } from '#ui/swatch.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { growthNames, kindNames } from './cell-line-words.ts';

const CellLineTable_cellLine = graphql(`
  fragment CellLineTable_cellLine on CellLine {
    id
    name
    colour
    kind
    growth
    species
    tissue
    accession
    createdAt
  }
`);

type Line = CellLineTable_CellLineFragment;

const columns: readonly TableColumn<Line>[] = [
  {
    id: 'name',
    header: 'Name',
    grows: true,
    sortBy: (line) => line.name,
    cell: (line) => (
      <span className="flex items-center gap-2 font-medium">
        <Swatch colour={line.colour} />
        {line.name}
      </span>
    ),
  },
  {
    id: 'kind',
    header: 'Kind',
    from: 'sm',
    sortBy: (line) => kindNames[line.kind],
    cell: (line) => kindNames[line.kind],
  },
  {
    id: 'species',
    header: 'Species',
    from: 'md',
    sortBy: (line) => line.species,
    cell: (line) => line.species ?? '–',
  },
  {
    id: 'tissue',
    header: 'Tissue',
    from: 'md',
    sortBy: (line) => line.tissue,
    cell: (line) => line.tissue ?? '–',
  },
  {
    id: 'growth',
    header: 'Growth',
    sortBy: (line) => growthNames[line.growth],
    cell: (line) => growthNames[line.growth],
  },
  {
    id: 'accession',
    header: 'Cellosaurus',
    from: 'lg',
    sortBy: (line) => line.accession,
    cell: (line) => <span className="font-mono text-xs">{line.accession ?? '–'}</span>,
  },
  {
    id: 'createdAt',
    header: 'Registered',
    from: 'lg',
    align: 'end',
    sortBy: (line) => line.createdAt,
    cell: (line) => formatDate(line.createdAt),
  },
];

export interface CellLineTableProps {
  readonly lines: readonly FragmentType<typeof CellLineTable_cellLine>[];
  readonly search: string;
}

export function CellLineTable({ lines, search }: CellLineTableProps) {
  return (
    <Table
      label="Cell lines"
      rows={readFragment(CellLineTable_cellLine, lines)}
      columns={columns}
      rowKey={(line) => line.id}
      initialSort={{ id: 'name' }}
      empty={`No name and no accession holds “${search}”.`}
    />
  );
}
