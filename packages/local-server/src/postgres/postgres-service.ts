import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { claimPort, type PortClaim } from '../processes/claim-port.ts';
import type { Launch, ServiceDefinition } from '../processes/service.ts';
import { findPostgres } from './binaries.ts';
import { openCluster, POSTGRES_NAME } from './make-cluster.ts';
import { clearLeftover, readPostmasterFile } from './postmaster-file.ts';
import { chooseRunAs, commandAs, SYSTEM_VARIABLES } from './run-as.ts';

/** Small enough for a laptop that does other things, and for the connections of all our processes. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  jit: 'off',
  // Three reading processes and one of replication are not worth their memory here.
  io_method: 'sync',
  max_logical_replication_workers: '0',
  wal_level: 'minimal',
  max_wal_senders: '0',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '',
  // Statements may hold what people typed; the log keeps the error alone.
  log_min_error_statement: 'panic',
} as const;

export interface PostgresService {
  readonly definition: ServiceDefinition;
  /** The address with its password; known from the first start on. */
  url(): string;
  /** Gives its port free for others; to be called when it has ended for good. */
  release(): Promise<void>;
}

/**
 * The embedded PostgreSQL as a service: cluster in `folder/data`, its password in `folder/password` (0600). It
 * listens on 127.0.0.1 only, on `preferredPort` or the next free one.
 */
export function postgresService(folder: string, preferredPort: number): PostgresService {
  const home = resolve(folder);
  let claim: PortClaim | null = null;
  let password = '';
  let data = '';
  let started = false;

  const launch = async (): Promise<Launch> => {
    mkdirSync(home, { recursive: true });
    const runAs = chooseRunAs();
    const binaries = findPostgres(join(home, 'lib'));
    ({ data, password } = await openCluster(home, binaries, runAs));
    await clearLeftover(data);
    // Others know the port once it was ready: from then on it stays.
    if (claim === null || !started) {
      const next = await claimPort(preferredPort, '127.0.0.1');
      await claim?.release();
      claim = next;
    }
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const server = [binaries.postgres, '-D', data, '-p', String(claim.port), ...settings];
    const [program = '', ...argv] = endsWithParent() ? ['setpriv', '--pdeathsig', 'INT', ...server] : server;
    return {
      ...commandAs(runAs, program, argv),
      cwd: '/',
      env: { ...binaries.env, ...SYSTEM_VARIABLES },
    };
  };

  return {
    definition: {
      name: 'postgres',
      launch,
      isReady: async (pid) => {
        const file = readPostmasterFile(data);
        if (file?.pid !== pid || file.status !== 'ready') return false;
        started = true;
        return true;
      },
      // Fast shutdown: clients are disconnected, everything is written.
      stopSignal: 'SIGINT',
      readySeconds: 300,
      stopSeconds: 30,
    },
    url: () => `postgresql://${POSTGRES_NAME}:${password}@127.0.0.1:${claim?.port}/${POSTGRES_NAME}`,
    release: async () => claim?.release(),
  };
}

/** Whether the system can end PostgreSQL with its parent (Linux); elsewhere the next start stops what is left. */
function endsWithParent(): boolean {
  return process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'INT', 'true']).status === 0;
}
