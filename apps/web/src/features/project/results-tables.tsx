'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type {
  ComparisonTable_ComparisonFragment,
  ModelStage,
  ModelTable_ModelFragment,
} from '#graphql/graphql.ts';
import { formatDate } from '#ui/format.ts';
import { Status, type Tone } from '#ui/status.tsx';
import { Swatch } from '#ui/swatch.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { verdictWords } from '../model/check-words.ts';
import { paths } from '../paths.ts';

const ModelTable_model = graphql(`
  fragment ModelTable_model on Model {
    id
    name
    createdAt
    versions(first: 1) { edges { node { id number stage classes colours verdict { level } } } }
  }
`);

const ComparisonTable_comparison = graphql(`
  fragment ComparisonTable_comparison on Comparison {
    id
    name
    createdAt
  }
`);

const stages: Readonly<Record<ModelStage, { readonly tone: Tone; readonly says: string }>> = {
  CANDIDATE: { tone: 'idle', says: 'Candidate' },
  ACCEPTED: { tone: 'good', says: 'Accepted' },
  ARCHIVED: { tone: 'off', says: 'Archived' },
};

/** Models of a project with what they tell apart. */
export function ModelTable({
  project,
  models,
}: {
  readonly project: string;
  readonly models: readonly FragmentType<typeof ModelTable_model>[];
}) {
  const columns = useMemo<readonly TableColumn<ModelTable_ModelFragment>[]>(() => {
    const newest = (model: ModelTable_ModelFragment) => model.versions.edges[0]?.node;
    return [
      {
        id: 'name',
        header: 'Name',
        sortBy: (model) => model.name,
        cell: (model) => (
          <Link href={paths.model(project, model.id)} className="font-medium hover:underline">
            {model.name}
          </Link>
        ),
      },
      {
        id: 'classes',
        header: 'Tells apart',
        grows: true,
        from: 'sm',
        cell: (model) => (
          <span className="flex flex-wrap gap-x-3">
            {newest(model)?.classes.map((name, i) => (
              <span key={name} className="inline-flex items-center gap-1.5">
                <Swatch colour={newest(model)?.colours[i] ?? 'transparent'} />
                {name}
              </span>
            ))}
          </span>
        ),
      },
      {
        id: 'version',
        header: 'Version',
        align: 'end',
        from: 'sm',
        sortBy: (model) => newest(model)?.number ?? null,
        cell: (model) => newest(model)?.number ?? '–',
      },
      {
        id: 'verdict',
        header: 'Verdict',
        sortBy: (model) => newest(model)?.verdict.level ?? null,
        cell: (model) => {
          const level = newest(model)?.verdict.level;
          return level === undefined ? (
            '–'
          ) : (
            <Status tone={verdictWords[level].tone}>{verdictWords[level].says}</Status>
          );
        },
      },
      {
        id: 'stage',
        header: 'Stage',
        from: 'sm',
        sortBy: (model) => newest(model)?.stage ?? null,
        cell: (model) => {
          const stage = newest(model)?.stage;
          return stage === undefined ? '–' : <Status tone={stages[stage].tone}>{stages[stage].says}</Status>;
        },
      },
      {
        id: 'createdAt',
        header: 'Since',
        align: 'end',
        from: 'md',
        sortBy: (model) => model.createdAt,
        cell: (model) => formatDate(model.createdAt),
      },
    ];
  }, [project]);
  return (
    <Table
      label="Models"
      rows={readFragment(ModelTable_model, models)}
      columns={columns}
      rowKey={(model) => model.id}
      initialSort={{ id: 'createdAt', descending: true }}
    />
  );
}

/** Comparisons of a project. */
export function ComparisonTable({
  project,
  comparisons,
}: {
  readonly project: string;
  readonly comparisons: readonly FragmentType<typeof ComparisonTable_comparison>[];
}) {
  const columns = useMemo<readonly TableColumn<ComparisonTable_ComparisonFragment>[]>(
    () => [
      {
        id: 'name',
        header: 'Name',
        grows: true,
        sortBy: (comparison) => comparison.name,
        cell: (comparison) => (
          <Link href={paths.comparison(project, comparison.id)} className="font-medium hover:underline">
            {comparison.name}
          </Link>
        ),
      },
      {
        id: 'createdAt',
        header: 'Made',
        align: 'end',
        sortBy: (comparison) => comparison.createdAt,
        cell: (comparison) => formatDate(comparison.createdAt),
      },
    ],
    [project],
  );
  return (
    <Table
      label="Comparisons"
      rows={readFragment(ComparisonTable_comparison, comparisons)}
      columns={columns}
      rowKey={(comparison) => comparison.id}
      initialSort={{ id: 'createdAt', descending: true }}
    />
  );
}
