import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { read } from '#api/read.ts';
import { graphql } from '#graphql';
import { paths } from '../paths.ts';

const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      kind
      name
      isOperator
      ...InboxBell_viewer
      organizations { id name viewerCanManage viewerCanBeginProjects viewerCanRegisterLines }
    }
  }
`);

export interface Lab {
  readonly id: string;
  readonly name: string;
  readonly viewerCanManage: boolean;
  readonly viewerCanBeginProjects: boolean;
  readonly viewerCanRegisterLines: boolean;
}

/** Who asks, the labs that this person is in, and the one that the switcher stands at. Read once a request. */
export const readViewer = cache(async () => {
  const { viewer } = await read(ViewerQuery);
  // A reviewer's link shows its dataset alone; the lab asks for an account.
  if (viewer.kind !== 'person') redirect(paths.signIn((await headers()).get('x-path') ?? paths.home()));
  const chosen = (await cookies()).get('cellmixer.lab')?.value;
  const labs: readonly Lab[] = viewer.organizations;
  const lab = labs.find(({ id }) => id === chosen) ?? labs[0] ?? null;
  return { viewer, name: viewer.name ?? '', isOperator: viewer.isOperator, labs, lab };
});

/** The lab that the switcher stands at. The shell shows a word of its own to who is in none. */
export async function currentLab(): Promise<Lab> {
  const { lab } = await readViewer();
  if (lab === null) throw new Error('the shell renders no page without a lab');
  return lab;
}
