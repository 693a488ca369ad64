'use client';

import { useMemo, useState } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { CellLineTable_CellLineFragment } from '#graphql/graphql.ts';
import { Swatch } from '#ui/swatch.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { paths } from '../paths.ts';
import { DeleteDialog } from '../trash/delete-thing.tsx';
import { growthNames, kindNames } from './cell-line-words.ts';
import { EditCellLine } from './edit-cell-line.tsx';

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
    modification
    revision
    viewerCanEdit
    viewerCanDelete
    usage { images trainingRuns }
  }
`);

type Line = CellLineTable_CellLineFragment;

const facts: readonly TableColumn<Line>[] = [
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
    from: 'sm',
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
    id: 'images',
    header: 'Images',
    align: 'end',
    sortBy: (line) => line.usage.images,
    cell: (line) => line.usage.images.toLocaleString('en-GB'),
  },
  {
    id: 'trainingRuns',
    header: 'Trainings',
    align: 'end',
    from: 'md',
    sortBy: (line) => line.usage.trainingRuns,
    cell: (line) => line.usage.trainingRuns.toLocaleString('en-GB'),
  },
];

export interface CellLineTableProps {
  readonly lines: readonly FragmentType<typeof CellLineTable_cellLine>[];
  readonly search: string;
}

/** Lines by name. A name opens what the registry says of it, for those who may change that. */
export function CellLineTable({ lines, search }: CellLineTableProps) {
  const [edited, setEdited] = useState<Line | null>(null);
  const [leaving, setLeaving] = useState<Line | null>(null);
  const columns = useMemo(() => [nameColumn(setEdited), ...facts], []);
  return (
    <>
      <Table
        label="Cell lines"
        rows={readFragment(CellLineTable_cellLine, lines)}
        columns={columns}
        rowKey={(line) => line.id}
        initialSort={{ id: 'name' }}
        empty={`No name and no accession holds “${search}”.`}
      />
      <EditCellLine
        line={edited}
        onEnd={() => setEdited(null)}
        onDelete={(line) => {
          setEdited(null);
          setLeaving(line);
        }}
      />
      <DeleteDialog
        thing={
          leaving === null
            ? null
            : { id: leaving.id, noun: 'cell line', name: leaving.name, to: paths.cellLines() }
        }
        onEnd={() => setLeaving(null)}
      />
    </>
  );
}

function nameColumn(onOpen: (line: Line) => void): TableColumn<Line> {
  return {
    id: 'name',
    header: 'Name',
    grows: true,
    sortBy: (line) => line.name,
    cell: (line) => (
      <span className="flex items-center gap-2 font-medium">
        <Swatch colour={line.colour} />
        {line.viewerCanEdit ? (
          <button type="button" className="hover:underline" onClick={() => onOpen(line)}>
            {line.name}
          </button>
        ) : (
          line.name
        )}
      </span>
    ),
  };
}
