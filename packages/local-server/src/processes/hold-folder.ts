import { realpathSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Hold, tryHold } from './hold-name.ts';

/** Holds a folder for this process alone; null where another process holds it. */
export async function holdFolder(folder: string): Promise<Hold | null> {
  const path = realpathSync(folder);
  // A holder that was killed this moment takes a little to be gone.
  for (let tries = 0; tries < 10; tries += 1) {
    const hold = await tryHold(path);
    if (hold !== null) return hold;
    await pause(100);
  }
  return null;
}
