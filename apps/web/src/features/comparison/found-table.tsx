'use client';

import { useMemo } from 'react';
import { formatCount } from '#ui/format.ts';
import { Swatch } from '#ui/swatch.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { coloursOfRun } from '#viewer/palette.ts';
import type { Comparison, NameOf } from './comparison-view.tsx';

interface Row {
  readonly name: string;
  readonly colour: string | null;
  /** In the models' order: cells, and their share where there is one. */
  readonly found: readonly { readonly cells: number; readonly fraction: number | null }[];
}

export interface FoundTableProps {
  readonly results: NonNullable<Comparison['results']>;
  readonly modelVersions: Comparison['modelVersions'];
  readonly nameOf: NameOf;
}

/** Cells by class, the models beside each other. */
export function FoundTable({ results, modelVersions, nameOf }: FoundTableProps) {
  const rows = useMemo<readonly Row[]>(() => {
    const colours = coloursOfRun(modelVersions[0]?.colours ?? []);
    const classes = (modelVersions[0]?.classes ?? []).map((name, place) => ({
      name,
      colour: colours[place]?.colour ?? null,
      found: results.models.map((model) => {
        const found = model.classes.find((one) => one.name === name);
        return { cells: found?.cells ?? 0, fraction: found?.fraction ?? null };
      }),
    }));
    const unassigned = results.models.map(({ unassignedCells }) => ({
      cells: unassignedCells,
      fraction: null,
    }));
    return [...classes, { name: 'no class', colour: null, found: unassigned }];
  }, [results, modelVersions]);
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'class',
        header: 'Class',
        grows: true,
        cell: (row) => (
          <span className="inline-flex items-center gap-2">
            {row.colour !== null && <Swatch colour={row.colour} />}
            {row.name}
          </span>
        ),
      },
      ...results.models.map(
        ({ modelVersion }, place): TableColumn<Row> => ({
          id: modelVersion.id,
          header: nameOf(modelVersion.id),
          align: 'end',
          cell: ({ found }) => {
            const one = found[place];
            if (one === undefined) return '–';
            return (
              <>
                {one.fraction !== null && `${(100 * one.fraction).toFixed(1)} %`}
                <span className="ml-1.5 text-muted text-xs max-sm:block">
                  {formatCount(one.cells, 'cell')}
                </span>
              </>
            );
          },
        }),
      ),
    ],
    [results, nameOf],
  );
  return <Table label="Cells by class" rows={rows} columns={columns} rowKey={(row) => row.name} />;
}
