import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, type ProcessMark } from './process-mark.ts';

/** Sends a signal; a process or group that is gone is no error. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in the meantime, or taken over by a stranger that we may not touch: either way not ours to end.
  }
}

/** Asks a marked process to end by `signal` and makes it end after `seconds`. Does nothing to strangers. */
export async function endProcess(mark: ProcessMark, signal: NodeJS.Signals, seconds: number): Promise<void> {
  if (!isAlive(mark)) return;
  send(mark.pid, signal);
  if (await isGoneWithin(mark, seconds)) return;
  send(mark.pid, 'SIGKILL');
  await isGoneWithin(mark, 5);
}

/** The same for a process that leads a group, with all of its group. */
export async function endGroup(leader: ProcessMark, seconds: number): Promise<void> {
  if (!isAlive(leader)) return;
  send(-leader.pid, 'SIGTERM');
  await isGoneWithin(leader, seconds);
  send(-leader.pid, 'SIGKILL');
  await isGoneWithin(leader, 5);
}

async function isGoneWithin(mark: ProcessMark, seconds: number): Promise<boolean> {
  for (let waited = 0; waited < seconds * 1000; waited += 50) {
    if (!isAlive(mark)) return true;
    await pause(50);
  }
  return !isAlive(mark);
}
