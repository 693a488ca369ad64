import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Part, ServerUnderTest } from './server-under-test.ts';

export const faults = ['kill', 'freeze'] as const;
export type Fault = (typeof faults)[number];

/** How long (s) a frozen part stays so: longer than every heartbeat. */
const FROZEN = 60;

/** Processes that are stopped now. */
const stopped = new Set<number>();

/** Hurts a part: `kill -9`, or a stop for a minute of it and of all that it has started. */
export async function hurt(server: ServerUnderTest, part: Part, fault: Fault): Promise<void> {
  const pid = await server.pidOf(part);
  if (fault === 'kill') {
    process.kill(pid, 'SIGKILL');
    return;
  }
  for (const one of [pid, ...descendantsOf(pid)]) {
    stopped.add(one);
    send(one, 'SIGSTOP');
  }
  await pause(FROZEN * 1000);
  thaw();
}

/** Lets everything that is frozen go on, so that it can end. */
export function thaw(): void {
  for (const one of stopped) send(one, 'SIGCONT');
  stopped.clear();
}

function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]));
    } catch {
      // It has ended in the meantime.
    }
  }
  const found: number[] = [];
  for (let next = [pid]; next.length > 0; ) {
    next = [...parents].filter(([, parent]) => next.includes(parent)).map(([child]) => child);
    found.push(...next);
  }
  return found;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
