import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { read } from '#api/read.ts';
import { nodeId } from '#api/route-id.ts';
import { graphql } from '#graphql';
import { paths } from '../paths.ts';

const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      kind
      name
      email
      isOperator
      ...InboxBell_viewer
      organizations { id name viewerCanManage viewerCanBeginProjects viewerCanRegisterLines }
    }
  }
`);

const ProjectLabQuery = graphql(`
  query ProjectLab($id: ID!) { project(id: $id) { id organizationId } }
`);

export interface Lab {
  readonly id: string;
  readonly name: string;
  readonly viewerCanManage: boolean;
  readonly viewerCanBeginProjects: boolean;
  readonly viewerCanRegisterLines: boolean;
}

/**
 * Who asks, the labs that this person is in, and the one that the page is of: that of its project, else the one chosen
 * in the switcher. Read once a request.
 */
export const readViewer = cache(async () => {
  const { viewer } = await read(ViewerQuery);
  const path = (await headers()).get('x-path');
  // A reviewer's link shows its dataset alone; the lab asks for an account.
  if (viewer.kind !== 'person') redirect(paths.signIn(path ?? paths.home()));
  const labs: readonly Lab[] = viewer.organizations;
  const chosen =
    (labs.length > 1 ? await labOfProject(path) : null) ?? (await cookies()).get('cellmixer.lab')?.value;
  const lab = labs.find(({ id }) => id === chosen) ?? labs[0] ?? null;
  return { viewer, name: viewer.name ?? '', isOperator: viewer.isOperator, labs, lab };
});

async function labOfProject(path: string | null): Promise<string | null> {
  const part = /^\/projects\/([^/?]+)/.exec(path ?? '')?.[1];
  if (part === undefined) return null;
  const { project } = await read(ProjectLabQuery, { id: nodeId(part) });
  return project?.organizationId ?? null;
}

/** The lab that the page is of. The shell shows a word of its own to who is in none. */
export async function currentLab(): Promise<Lab> {
  const { lab } = await readViewer();
  if (lab === null) throw new Error('the shell renders no page without a lab');
  return lab;
}
