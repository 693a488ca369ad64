import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lab } from '@cellmixer/api-client';
import { readEnvironment } from '@cellmixer/environment';
import { startLocalServer } from '@cellmixer/local-server';
import { openStorage, type Storage } from '@cellmixer/storage';

export interface ServerUnderLoad {
  readonly lab: Lab;
  readonly project: string;
  /** The server's own bucket, without the server before it. */
  readonly storage: Storage;
  stop(): Promise<void>;
}

const root = join(import.meta.dirname, '..', '..', '..', '..');
export const account = { name: 'Bench', email: 'bench@lab.example', password: 'a password for a bench' };

/** A lab's server as `npm start` makes it, nothing of it from outside, with an account and a project. */
export async function startServerUnderLoad(folder: string, atOnce: number): Promise<ServerUnderLoad> {
  const { DATABASE_URL: _1, S3_ENDPOINT: _2, ...rest } = process.env;
  const variables = { ...rest, DATA_DIR: folder, WORKER_CONCURRENCY: String(atOnce) };
  const environment = readEnvironment(variables);
  const local = await startLocalServer({ environment, variables, root, say: () => {} });
  try {
    const lab = await Lab.found(local.firstAccountUrl ?? '', account, 'Bench');
    const project = await lab.make(
      'createProject',
      { organization: lab.organization, name: 'Bench' },
      'project',
    );
    return { lab, project, storage: bucketOf(folder, environment), stop: () => local.stop() };
  } catch (error) {
    await local.stop();
    throw error;
  }
}

function bucketOf(folder: string, environment: ReturnType<typeof readEnvironment>): Storage {
  const { ports, secrets } = JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as {
    readonly ports: { readonly bucket: number };
    readonly secrets: { readonly S3_ACCESS_KEY: string; readonly S3_SECRET_KEY: string };
  };
  const endpoint = `http://127.0.0.1:${ports.bucket}`;
  return openStorage({
    ...{ endpoint, publicEndpoint: endpoint },
    ...{ region: environment.S3_REGION, bucket: environment.S3_BUCKET },
    ...{ accessKey: secrets.S3_ACCESS_KEY, secretKey: secrets.S3_SECRET_KEY },
  });
}
