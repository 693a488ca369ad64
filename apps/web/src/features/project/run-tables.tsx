'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type {
  SegmentationRunTable_SegmentationRunFragment,
  TrainingRunTable_TrainingRunFragment,
} from '#graphql/graphql.ts';
import { formatMoment } from '#ui/format.ts';
import { Table, type TableColumn } from '#ui/table.tsx';
import { paths } from '../paths.ts';
import { RunStatus } from '../run/run-status.tsx';

const TrainingRunTable_trainingRun = graphql(`
  fragment TrainingRunTable_trainingRun on TrainingRun {
    id
    name
    method
    preset
    status
    createdAt
    nullSplitOf { id }
  }
`);

const SegmentationRunTable_segmentationRun = graphql(`
  fragment SegmentationRunTable_segmentationRun on SegmentationRun {
    id
    status
    total
    failed
    createdAt
    modelVersion { id number model { id name } }
  }
`);

type Training = TrainingRunTable_TrainingRunFragment;
type Segmentation = SegmentationRunTable_SegmentationRunFragment;

interface OfProject<Run> {
  readonly project: string;
  readonly runs: readonly Run[];
}

/** Trainings of a project, newest first. */
export function TrainingRunTable({
  project,
  runs,
}: OfProject<FragmentType<typeof TrainingRunTable_trainingRun>>) {
  const columns = useMemo<readonly TableColumn<Training>[]>(
    () => [
      {
        id: 'name',
        header: 'Name',
        grows: true,
        sortBy: (run) => run.name,
        cell: (run) => (
          <Link href={paths.run(project, run.id)} className="font-medium hover:underline">
            {run.name}
          </Link>
        ),
      },
      {
        id: 'method',
        header: 'Trained on',
        from: 'sm',
        sortBy: (run) => run.method,
        cell: trainedOn,
      },
      { id: 'preset', header: 'Preset', from: 'md', sortBy: (run) => run.preset, cell: (run) => run.preset },
      {
        id: 'status',
        header: 'Status',
        sortBy: (run) => run.status,
        cell: (run) => <RunStatus status={run.status} />,
      },
      {
        id: 'createdAt',
        header: 'Asked for',
        align: 'end',
        from: 'sm',
        sortBy: (run) => run.createdAt,
        cell: (run) => formatMoment(run.createdAt),
      },
    ],
    [project],
  );
  return (
    <Table
      label="Trainings"
      rows={readFragment(TrainingRunTable_trainingRun, runs)}
      columns={columns}
      rowKey={(run) => run.id}
      initialSort={{ id: 'createdAt', descending: true }}
    />
  );
}

function trainedOn({ nullSplitOf, method }: Training): string {
  if (nullSplitOf !== null) return 'Two halves of one line (null split)';
  return method === 'BASELINE' ? 'Pure pictures (baseline)' : 'Artificial mixtures';
}

/** Segmentations of a project, newest first. */
export function SegmentationRunTable({
  project,
  runs,
}: OfProject<FragmentType<typeof SegmentationRunTable_segmentationRun>>) {
  const columns = useMemo<readonly TableColumn<Segmentation>[]>(() => {
    const nameOf = ({ modelVersion }: Segmentation) => `${modelVersion.model.name} v${modelVersion.number}`;
    return [
      {
        id: 'model',
        header: 'By model',
        grows: true,
        sortBy: nameOf,
        cell: (run) => (
          <Link href={paths.segmentationRun(project, run.id)} className="font-medium hover:underline">
            {nameOf(run)}
          </Link>
        ),
      },
      { id: 'total', header: 'Images', align: 'end', sortBy: (run) => run.total, cell: (run) => run.total },
      {
        id: 'failed',
        header: 'Failed',
        align: 'end',
        from: 'sm',
        sortBy: (run) => run.failed,
        cell: (run) => run.failed,
      },
      {
        id: 'status',
        header: 'Status',
        sortBy: (run) => run.status,
        cell: (run) => <RunStatus status={run.status} />,
      },
      {
        id: 'createdAt',
        header: 'Asked for',
        align: 'end',
        from: 'sm',
        sortBy: (run) => run.createdAt,
        cell: (run) => formatMoment(run.createdAt),
      },
    ];
  }, [project]);
  return (
    <Table
      label="Segmentations"
      rows={readFragment(SegmentationRunTable_segmentationRun, runs)}
      columns={columns}
      rowKey={(run) => run.id}
      initialSort={{ id: 'createdAt', descending: true }}
    />
  );
}
