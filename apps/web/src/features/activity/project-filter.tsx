'use client';

import { useRouter } from 'next/navigation';
import { Select } from '#ui/select.tsx';
import { paths } from '../paths.ts';

export interface ProjectFilterProps {
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  /** Empty for all. */
  readonly chosen: string;
}

export function ProjectFilter({ projects, chosen }: ProjectFilterProps) {
  const router = useRouter();
  return (
    <Select
      aria-label="Only what happened in"
      value={chosen}
      onChange={(event) => router.push(paths.activity(event.target.value || undefined))}
    >
      <option value="">All projects</option>
      {projects.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
