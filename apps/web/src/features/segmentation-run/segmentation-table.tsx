'use client';

import Link from 'next/link';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '#api/ask.ts';
import { graphql, readFragment } from '#graphql';
import type { SegmentationTable_SegmentationFragment } from '#graphql/graphql.ts';
import { Button } from '#ui/button.tsx';
import { Status } from '#ui/status.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { paths } from '../paths.ts';
import type { SegmentationRun } from './segmentation-run-view.tsx';

const SegmentationTable_segmentation = graphql(`
  fragment SegmentationTable_segmentation on Segmentation {
    id
    cellCount
    uncertainty
    warnings
    correctionRevision
    image { id name sample { id name } }
  }
`);

const MoreSegmentationsQuery = graphql(`
  query MoreSegmentations($id: ID!, $after: String) {
    node(id: $id) {
      __typename
      ... on SegmentationRun {
        id
        segmentations(first: 100, after: $after, status: [SUCCEEDED]) {
          edges { node { id ...SegmentationTable_segmentation } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }
`);

type Found = SegmentationRun['segmentations'];
type Row = SegmentationTable_SegmentationFragment;

export interface SegmentationTableProps {
  readonly project: string;
  readonly run: string;
  /** The newest hundred; the others are asked for where they are wanted. */
  readonly first: Found;
  /** Names of samples; empty: all. */
  readonly selected: ReadonlySet<string>;
  /** How many images there are. */
  readonly total: number;
}

/** Image by image, the least sure first: what most needs a look. */
export function SegmentationTable({ project, run, first, selected, total }: SegmentationTableProps) {
  const { later, state, readAll } = useLater(run, first);
  const isPart = first.pageInfo.hasNextPage && state !== 'all';
  const wantsAll = selected.size > 0 && isPart && state === 'part';
  // The images of a well may be any of them.
  useEffect(() => {
    if (wantsAll) readAll();
  }, [wantsAll, readAll]);
  const rows = useMemo(() => {
    const newest = rowsOf(first);
    const known = new Set(newest.map(({ id }) => id));
    return [...newest, ...later.filter(({ id }) => !known.has(id))].filter(
      ({ image }) => selected.size === 0 || selected.has(image?.sample?.name ?? image?.name ?? ''),
    );
  }, [first, later, selected]);
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
    <>
      <Table
        label="Images"
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        initialSort={{ id: 'uncertainty', descending: true }}
        atFirst={100}
      />
      {isPart && (
        <p className="mt-3 flex flex-wrap items-center gap-3 text-muted text-sm">
          <Button busy={state === 'reading'} onClick={readAll}>
            {`Show all ${total.toLocaleString('en-GB')}`}
          </Button>
          {state === 'failed'
            ? 'The others could not be read. Check the connection and try again.'
            : 'These are the hundred that were segmented last.'}
        </p>
      )}
    </>
  );
}

/** What comes after the first page of a run's images, page by page, once it is asked for. */
function useLater(run: string, first: Found) {
  const [later, setLater] = useState<readonly Row[]>([]);
  const [state, setState] = useState<'part' | 'reading' | 'all' | 'failed'>('part');
  const start = useRef(first.pageInfo.endCursor);
  start.current = first.pageInfo.endCursor;
  const readAll = useCallback(() => {
    setState('reading');
    const read = async () => {
      const rows: Row[] = [];
      for (let after = start.current; after !== null; ) {
        const { node } = await ask(MoreSegmentationsQuery, { id: run, after });
        if (node?.__typename !== 'SegmentationRun') break;
        const { edges, pageInfo } = node.segmentations;
        rows.push(...rowsOf({ edges }));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      }
      setLater(rows);
      setState('all');
    };
    read().catch(() => setState('failed'));
  }, [run]);
  return { later, state, readAll };
}

function rowsOf({ edges }: Pick<Found, 'edges'>): readonly Row[] {
  return readFragment(
    SegmentationTable_segmentation,
    edges.map(({ node }) => node),
  );
}
