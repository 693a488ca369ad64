'use client';

import { useMemo } from 'react';
import { useLive } from '#api/use-live.ts';
import type { DatasetQuery as DatasetData } from '#graphql/graphql.ts';
import { formatCount } from '#ui/format.ts';
import { Tabs } from '#ui/tabs.tsx';
import { DatasetQuery } from './dataset-query.ts';
import { Gallery } from './gallery.tsx';
import { PopulationBar } from './population-bar.tsx';
import { Snapshots } from './snapshots.tsx';
import { UploadPanel } from './upload-panel.tsx';

export interface LineChoice {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
}

export interface DatasetViewProps {
  readonly project: string;
  readonly id: string;
  readonly initial: DatasetData;
  readonly lines: readonly LineChoice[];
}

export type DatasetNode = Extract<NonNullable<DatasetData['node']>, { readonly __typename: 'Dataset' }>;
export type GalleryImage = DatasetNode['images']['edges'][number]['node'];

export function DatasetView({ project, id, initial, lines }: DatasetViewProps) {
  const data = useLive(DatasetQuery, {
    variables: { id, after: null },
    initial,
    isRunning: (seen) => readingOf(seen) > 0,
  });
  const dataset = datasetOf(data) ?? datasetOf(initial);
  const edges = dataset?.images.edges;
  const images = useMemo(() => edges?.map(({ node }) => node) ?? [], [edges]);
  if (dataset === null) return null;
  const reading = readingOf(data);
  return (
    <>
      {dataset.viewerCanEdit && (
        <UploadPanel dataset={id} name={dataset.name} empty={dataset.imageCounts.total === 0} />
      )}
      <PopulationBar counts={dataset.imageCounts} />
      {reading > 0 && (
        <p
          role="status"
          className="mb-3 text-muted text-sm"
        >{`${formatCount(reading, 'picture')} being read …`}</p>
      )}
      <Tabs
        label="Dataset"
        tabs={[
          {
            value: 'images',
            label: `Images (${dataset.imageCounts.total.toLocaleString('en-GB')})`,
            content: (
              <Gallery
                project={project}
                dataset={dataset}
                images={images}
                hasMore={dataset.images.pageInfo.hasNextPage}
                lines={lines}
              />
            ),
          },
          {
            value: 'snapshots',
            label: `Snapshots (${dataset.versions.edges.length})`,
            content: <Snapshots project={project} dataset={dataset} />,
          },
        ]}
      />
    </>
  );
}

function datasetOf(data: DatasetData): DatasetNode | null {
  return data.node?.__typename === 'Dataset' ? data.node : null;
}

function readingOf(data: DatasetData): number {
  const counts = datasetOf(data)?.imageCounts.byStatus ?? [];
  return counts.find(({ status }) => status === 'INGESTING')?.images ?? 0;
}
