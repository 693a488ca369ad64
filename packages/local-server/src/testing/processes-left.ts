import { readdirSync, readFileSync } from 'node:fs';

/** The commands of this machine's living processes that hold a text: what a test has left behind. Linux only. */
export function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .map((name) => {
      try {
        const state = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.[0];
        return state === 'Z' ? '' : readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((command) => command.includes(text));
}
