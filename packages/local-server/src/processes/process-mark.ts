import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that was there once: its number, and what tells it from a later process of the same number. */
export interface ProcessMark {
  readonly pid: number;
  /** When the system started it, in the system's own words. */
  readonly startedAt: string;
}

/** Marks a living process; null where there is none, or where this system does not tell when it started. */
export function markProcess(pid: number): ProcessMark | null {
  const startedAt = process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
  return startedAt === null ? null : { pid, startedAt };
}

/** Whether the very process of the mark still lives: never true for a stranger that got its number. */
export function isAlive(mark: ProcessMark): boolean {
  return markProcess(mark.pid)?.startedAt === mark.startedAt;
}

/** Ticks from the boot to the start (field 22), with the boot's own name: numbers begin anew after each. */
function startOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in brackets and may hold anything, brackets and spaces too.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${fields[19]}`;
  } catch {
    return null;
  }
}

function startByPs(pid: number): string | null {
  if (process.platform === 'win32') return null;
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || null;
}
