import { Lab } from '@cellmixer/api-client';
import { account } from './account.ts';
import { routeId } from './route-id.ts';
import type { JourneyServer } from './start-server.ts';

/** A project of who made the first account, made over the API. Ids are those of the API. */
export interface BegunProject {
  readonly lab: Lab;
  readonly project: string;
  /** Makes a dataset in it, without pictures, and says where the portal shows it. */
  readonly addDataset: (name: string, modality?: string) => Promise<{ dataset: string; address: string }>;
}

export async function beginProject(server: JourneyServer, name: string): Promise<BegunProject> {
  const lab = await Lab.signIn(server.url, account);
  const { organization } = lab;
  const project = await lab.make('createProject', { organization, name }, 'project');
  return {
    lab,
    project,
    addDataset: async (name, modality = 'PHASE_CONTRAST') => {
      const dataset = await lab.make('createDataset', { project, name, modality }, 'dataset');
      return { dataset, address: `${server.url}/projects/${routeId(project)}/datasets/${routeId(dataset)}` };
    },
  };
}
