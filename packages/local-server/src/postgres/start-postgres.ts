import { mkdirSync } from 'node:fs';
import { CellMixerError } from '@cellmixer/errors';
import { holdFolder } from '../processes/hold-folder.ts';
import { Service } from '../processes/service.ts';
import { postgresService } from './postgres-service.ts';

export interface StartPostgresOptions {
  /** Where the cluster lies or is made. */
  readonly folder: string;
  /** Takes each line that the server writes. */
  readonly log?: (line: string) => void;
  /** Where it listens, or the next free port; 4840 unless told otherwise. */
  readonly port?: number;
}

export interface RunningPostgres {
  /** The address of its database, password included. */
  readonly url: string;
  readonly pid: number;
  /** Disconnects everybody, writes everything and ends it. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded PostgreSQL 18 on `folder` and waits until it takes connections. It is started again if it
 * crashes, and ends with this process.
 *
 * @throws CellMixerError SERVER_RUNNING where another process has the folder, SERVICE_FAILED with its last lines
 * where it cannot start.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<RunningPostgres> {
  mkdirSync(options.folder, { recursive: true });
  const hold = await holdFolder(options.folder);
  if (hold === null) {
    throw new CellMixerError('SERVER_RUNNING', `another process runs the database in "${options.folder}"`, {
      subject: options.folder,
      cure: 'Stop the other one, or take another folder.',
    });
  }
  const { definition, url, release } = postgresService(options.folder, options.port ?? 4840);
  const service = new Service(definition, (event) => {
    if (event.kind === 'line') options.log?.(event.text);
  });
  try {
    await service.start();
  } catch (error) {
    await release();
    await hold.release();
    throw error;
  }
  return {
    url: url(),
    get pid() {
      return service.pid ?? 0;
    },
    async stop() {
      await service.stop();
      await release();
      await hold.release();
    },
  };
}
