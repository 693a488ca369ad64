'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { ImageSegmentations_ImageFragment } from '#graphql/graphql.ts';
import { formatMoment } from '#ui/format.ts';
import { Table, type TableColumn } from '#ui/table.tsx';
import { paths } from '../paths.ts';
import { RunStatus } from '../run/run-status.tsx';

const ImageSegmentations_image = graphql(`
  fragment ImageSegmentations_image on Image {
    segmentations(first: 50) {
      edges {
        node {
          id
          status
          cellCount
          createdAt
          composition { classes { name fraction } }
          modelVersion { id number model { id name } }
        }
      }
    }
  }
`);

type Row = ImageSegmentations_ImageFragment['segmentations']['edges'][number]['node'];

export interface ImageSegmentationsProps {
  readonly project: string;
  readonly image: FragmentType<typeof ImageSegmentations_image>;
}

/** Every model that has looked at this picture, newest first. */
export function ImageSegmentations({ project, image }: ImageSegmentationsProps) {
  const { segmentations } = readFragment(ImageSegmentations_image, image);
  const columns = useMemo<readonly TableColumn<Row>[]>(
    () => [
      {
        id: 'model',
        header: 'Model',
        grows: true,
        cell: (row) => (
          <Link href={paths.segmentation(project, row.id)} className="font-medium hover:underline">
            {`${row.modelVersion.model.name} v${row.modelVersion.number}`}
          </Link>
        ),
      },
      { id: 'status', header: 'State', cell: (row) => <RunStatus status={row.status} /> },
      {
        id: 'cells',
        header: 'Cells',
        align: 'end',
        sortBy: (row) => row.cellCount,
        cell: (row) => row.cellCount?.toLocaleString('en-GB') ?? '–',
      },
      {
        id: 'composition',
        header: 'Composition',
        from: 'md',
        cell: (row) =>
          row.composition?.classes
            .map(
              ({ name, fraction }) =>
                `${name} ${fraction === null ? '–' : `${Math.round(100 * fraction)} %`}`,
            )
            .join(' · ') ?? '–',
      },
      { id: 'when', header: 'Asked for', from: 'lg', cell: (row) => formatMoment(row.createdAt) },
    ],
    [project],
  );
  const rows = segmentations.edges.map(({ node }) => node);
  if (rows.length === 0)
    return <p className="text-base text-muted">No model has segmented this picture yet.</p>;
  return <Table label="Segmentations" rows={rows} columns={columns} rowKey={(row) => row.id} />;
}
