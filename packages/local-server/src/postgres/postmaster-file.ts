import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess } from '../processes/end-process.ts';
import { markProcess } from '../processes/process-mark.ts';

/** What `postmaster.pid` says about the server of a cluster. */
export interface PostmasterFile {
  readonly pid: number;
  /** `starting`, `ready`, `stopping`; empty in the first moments. */
  readonly status: string;
}

/** Reads a cluster's `postmaster.pid`; null where there is none. */
export function readPostmasterFile(data: string): PostmasterFile | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, status: (lines[7] ?? '').trim() } : null;
  } catch {
    return null;
  }
}

/**
 * Stops a server that lives on because its supervisor was killed. A file that a killed server left is taken away
 * where its number now belongs to a stranger: PostgreSQL would take the stranger for another server and not start.
 */
export async function clearLeftover(data: string): Promise<void> {
  const left = readPostmasterFile(data);
  if (left === null) return;
  const mark = markProcess(left.pid);
  if (mark === null) return;
  if (isServerOf(left.pid, data)) await endProcess(mark, 'SIGINT', 20);
  else rmSync(join(data, 'postmaster.pid'), { force: true });
}

/** A PostgreSQL server works in its cluster's folder. Where the system does not tell, the file is believed. */
function isServerOf(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
}
