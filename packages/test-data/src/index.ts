import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export { type StackPlane, stackFile } from './stack-file.ts';

const root = process.env.CELLMIXER_DATA ?? resolve(import.meta.dirname, '../../../../shared/data');

/**
 * The folder of a real data set (`livecell8`, `chula_rbc12`, `hek_ht1080`, `monusac_mix`, `formats`),
 * or null where it is absent. Tests that need it are skipped then, with a word:
 * `describe.skipIf(!dir)('… (needs the real pictures)')`.
 */
export function realData(name: string): string | null {
  const folder = resolve(root, name);
  return existsSync(folder) ? folder : null;
}
