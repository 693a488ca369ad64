'use client';

import Link from 'next/link';
import { useMemo, useState } from 'react';
import { type FragmentType, graphql, readFragment } from '#graphql';
import type { ProjectTable_ProjectFragment } from '#graphql/graphql.ts';
import { formatDate } from '#ui/format.ts';
import { SearchInput } from '#ui/search-input.tsx';
import { Table, type TableColumn } from '#ui/table.tsx';
import { paths } from '../paths.ts';

const ProjectTable_project = graphql(`
  fragment ProjectTable_project on Project {
    id
    name
    description
    createdAt
    datasets(first: 1) { edges { node { id } } }
    trainingRuns(first: 1) { edges { node { id } } }
    models(first: 1) { edges { node { id } } }
  }
`);

type Row = ProjectTable_ProjectFragment;

const columns: readonly TableColumn<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    sortBy: (project) => project.name,
    cell: (project) => (
      <Link href={paths.project(project.id)} className="font-medium hover:underline">
        {project.name}
      </Link>
    ),
  },
  {
    id: 'description',
    header: 'About',
    grows: true,
    from: 'md',
    cell: (project) => <span className="line-clamp-1 text-muted">{project.description}</span>,
  },
  { id: 'stands', header: 'Stands at', sortBy: standsAt, cell: standsAt },
  {
    id: 'createdAt',
    header: 'Begun',
    align: 'end',
    from: 'sm',
    sortBy: (project) => project.createdAt,
    cell: (project) => formatDate(project.createdAt),
  },
];

/** The furthest thing that a project has. */
function standsAt(project: Row): string {
  if (project.models.edges.length > 0) return 'Model trained';
  if (project.trainingRuns.edges.length > 0) return 'Training';
  if (project.datasets.edges.length > 0) return 'Cultures';
  return 'Empty';
}

/** So many projects are seen at a glance; with more one searches. */
const GLANCE = 20;

/** Projects of a lab, newest first; a lab may have thousands. */
export function ProjectTable({
  projects,
}: {
  readonly projects: readonly FragmentType<typeof ProjectTable_project>[];
}) {
  const [search, setSearch] = useState('');
  const all = readFragment(ProjectTable_project, projects);
  const rows = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    return all.filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(wanted));
  }, [all, search]);
  return (
    <>
      {all.length > GLANCE && (
        <SearchInput
          label="Search projects"
          placeholder="Name or words about it"
          value={search}
          onChange={setSearch}
        />
      )}
      <Table
        label="Projects"
        rows={rows}
        columns={columns}
        rowKey={(project) => project.id}
        initialSort={{ id: 'createdAt', descending: true }}
        atFirst={2 * GLANCE}
        empty={`No project is called or described by “${search.trim()}”.`}
      />
    </>
  );
}
