import { z } from 'zod';
import type { Lab } from '../lab.ts';

const named = z.object({ id: z.string(), name: z.string() });

/** The project of that name, or a new one. @returns its id */
export async function obtainProject(lab: Lab, name: string): Promise<string> {
  const projects = await lab.list('Organization', lab.organization, 'projects', 'id name', named);
  const known = projects.find((project) => project.name === name);
  return known?.id ?? lab.make('createProject', { organization: lab.organization, name }, 'project');
}

/** The lines of these names; those that the lab does not have are registered. @returns ids by names */
export async function obtainLines(lab: Lab, names: readonly string[]): Promise<Map<string, string>> {
  const { organization } = lab;
  const known = await lab.list('Organization', organization, 'cellLines', 'id name', named);
  const lines = new Map(known.map(({ id, name }) => [name, id]));
  const asked = new Map<string, string>();
  for (const name of names) {
    const id = lines.get(name) ?? (await lab.make('registerCellLine', { organization, name }, 'cellLine'));
    asked.set(name, id);
  }
  return asked;
}
