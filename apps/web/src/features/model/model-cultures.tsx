'use client';

import { useMemo } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { ModelCultures_ModelCardFragment } from '#graphql/graphql.ts';
import { Swatch } from '#ui/swatch.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';

const ModelCultures_modelCard = graphql(`
  fragment ModelCultures_modelCard on ModelCard {
    cultures { type pictures replicates heldOutReplicate heldOutPictures leftOut }
  }
`);

type Row = ModelCultures_ModelCardFragment['cultures'][number];

export interface ModelCulturesProps {
  readonly card: FragmentType<typeof ModelCultures_modelCard>;
  /** By class, in their order. */
  readonly colours: readonly { readonly name: string; readonly colour: string }[];
}

/** The pure pictures that each class was learned from. */
export function ModelCultures({ card, colours }: ModelCulturesProps) {
  const { cultures } = readFragment(ModelCultures_modelCard, card);
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'type',
        header: 'Class',
        grows: true,
        cell: (row) => (
          <span className="flex items-center gap-2">
            <Swatch colour={colours.find(({ name }) => name === row.type)?.colour ?? '#888888'} />
            {row.type}
          </span>
        ),
      },
      {
        id: 'pictures',
        header: 'Pictures learned from',
        align: 'end',
        cell: (row) => row.pictures.toLocaleString('en-GB'),
      },
      {
        id: 'replicates',
        header: 'Replicates',
        from: 'sm',
        cell: (row) => (row.replicates.length === 0 ? 'not named' : row.replicates.join(', ')),
      },
      {
        id: 'heldOut',
        header: 'Kept out to test on',
        from: 'sm',
        cell: (row) =>
          row.heldOutPictures === 0
            ? 'none'
            : `${row.heldOutPictures.toLocaleString('en-GB')}${row.heldOutReplicate === null ? '' : ` (${row.heldOutReplicate})`}`,
      },
      {
        id: 'leftOut',
        header: 'Not usable',
        from: 'md',
        align: 'end',
        cell: (row) =>
          row.leftOut.length === 0 ? '0' : <span title={row.leftOut.join(', ')}>{row.leftOut.length}</span>,
      },
    ],
    [colours],
  );
  return <Table label="Pictures by class" rows={cultures} columns={columns} rowKey={(row) => row.type} />;
}
