import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a run ends with that needs a browser and has none. */
export const NO_BROWSER = 77;

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** A Chromium of this machine: CHROMIUM, then the search path, then from Debian where we may install it. */
function findChromium(say: (line: string) => void): string | null {
  const named = process.env.CHROMIUM;
  if (named !== undefined && existsSync(named)) return named;
  const found = onPath();
  if (found !== null || process.getuid?.() !== 0) return found;
  say('No Chromium here; installing it from Debian …');
  spawnSync('sh', ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return onPath();
}

/** Chromium, or the end of the process with a word where there is none. */
export function demandChromium(): string {
  const found = findChromium((line) => console.log(line));
  if (found !== null) return found;
  console.error(
    'No Chromium was found, and `apt-get install chromium` did not work here. Install Chromium or Chrome, or name it in CHROMIUM, and start again.',
  );
  process.exit(NO_BROWSER);
}

function onPath(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter);
  for (const name of NAMES) {
    for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return null;
}
