import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';

/** Whom PostgreSQL's programs run as; it refuses the superuser. */
export type RunAs =
  | { readonly kind: 'ourselves' }
  /** Root outside, nobody inside: files stay root's, and no user has to be made. */
  | { readonly kind: 'namespace' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number };

/** The system user for root on machines that allow no user namespaces. */
const SYSTEM_USER = 'cellmixer-postgres';

/** What the programs see of the outside: where the system's own programs are, no language and no time zone. */
export const SYSTEM_VARIABLES = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

const IN_NAMESPACE = ['unshare', '--user', '--map-user=65534', '--map-group=65534'] as const;

/**
 * Chooses whom to run as: ourselves as a normal user; as root a user namespace, else a system user, which is made.
 *
 * @throws CellMixerError SERVICE_FAILED where root can do neither.
 */
export function chooseRunAs(): RunAs {
  if (process.getuid?.() !== 0) return { kind: 'ourselves' };
  const [unshare, ...argv] = IN_NAMESPACE;
  if (spawnSync(unshare, [...argv, 'true']).status === 0) return { kind: 'namespace' };
  if (systemUser() === null) {
    spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', SYSTEM_USER]);
  }
  const user = systemUser();
  if (user !== null) return user;
  throw new CellMixerError(
    'SERVICE_FAILED',
    `PostgreSQL does not run as root, this machine allows no user namespaces, and the user ${SYSTEM_USER} cannot be made`,
    { subject: 'postgres', cure: 'Start as a normal user, or set DATABASE_URL to a PostgreSQL of your own.' },
  );
}

/** The command that runs a program as chosen. */
export function commandAs(
  runAs: RunAs,
  program: string,
  argv: readonly string[],
): { command: string; argv: string[]; uid?: number; gid?: number } {
  if (runAs.kind === 'namespace') {
    const [unshare, ...flags] = IN_NAMESPACE;
    return { command: unshare, argv: [...flags, program, ...argv] };
  }
  if (runAs.kind === 'user') return { command: program, argv: [...argv], uid: runAs.uid, gid: runAs.gid };
  return { command: program, argv: [...argv] };
}

/** Hands a folder with all in it to the chosen user, where that is another one. */
export function handOver(folder: string, runAs: RunAs): void {
  if (runAs.kind !== 'user' || !existsSync(folder)) return;
  chownSync(folder, runAs.uid, runAs.gid);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, entry), runAs.uid, runAs.gid);
  }
}

function systemUser(): Extract<RunAs, { kind: 'user' }> | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${SYSTEM_USER}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? null : { kind: 'user', uid: Number(uid), gid: Number(gid) };
}
