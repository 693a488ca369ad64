import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Part, ServerUnderTest } from './server-under-test.ts';

export const faults = ['kill', 'freeze'] as const;
export type Fault = (typeof faults)[number];

/** How long (s) a frozen part stays so: longer than every heartbeat. */
const FROZEN = 60;

/** Hurts a part: `kill -9`, or a stop for a minute of it and of all that it has started. */
export async function hurt(server: ServerUnderTest, part: Part, fault: Fault): Promise<void> {
  const pid = await server.pidOf(part);
  if (fault === 'kill') {
    process.kill(pid, 'SIGKILL');
    return;
  }
  const frozen = [pid, ...descendantsOf(pid)];
  for (const one of frozen) send(one, 'SIGSTOP');
  try {
    await pause(FROZEN * 1000);
  } finally {
    for (const one of frozen) send(one, 'SIGCONT');
  }
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
