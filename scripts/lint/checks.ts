/** One check: files that Node runs with their arguments; it holds when all of them end with 0. */
export interface Check {
  readonly name: string;
  readonly says: string;
  readonly flags?: readonly string[];
  readonly commands: readonly (readonly [file: string, ...argv: string[]])[];
}

const biome = 'node_modules/@biomejs/biome/bin/biome';
const turbo = 'node_modules/turbo/bin/turbo';
const tsc = 'node_modules/typescript/bin/tsc';

export const checks: readonly Check[] = [
  {
    name: 'style',
    says: 'formatting, habits, and who may import, print and read the environment (biome.json)',
    commands: [[biome, 'check', '.']],
  },
  {
    name: 'types',
    says: 'every workspace and the scripts agree with their types',
    commands: [
      [turbo, 'run', 'typecheck', '--output-logs=errors-only', '--no-update-notifier'],
      [tsc, '--noEmit', '-p', '.'],
    ],
  },
  {
    name: 'unused',
    says: 'no file, export or dependency lies about unused (knip.json)',
    flags: ['--import', './scripts/lint/knip-typescript.mjs'],
    commands: [['node_modules/knip/bin/knip.js', '--no-config-hints']],
  },
  {
    name: 'dependencies',
    says: 'each direct dependency has its line in docs/contributing/dependencies.md',
    commands: [['scripts/lint/dependency-lines.ts']],
  },
  {
    name: 'generated',
    says: 'what `npm run generate` writes is what is committed',
    commands: [['scripts/generate.ts', '--check']],
  },
];
