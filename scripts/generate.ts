/** Writes the pages that are made from the source: `npm run generate`; with `--check`, fails where one is stale. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { configurationPage } from '@cellmixer/environment';
import { schemaText } from '../apps/api/src/schema-text.ts';
import { errorCodesPage } from './house/error-codes.ts';

const root = resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const generated: Readonly<Record<string, () => string>> = {
  'docs/integrators/error-codes.md': errorCodesPage,
  'docs/operators/configuration.md': configurationPage,
  'schema.graphql': schemaText,
};

for (const [path, make] of Object.entries(generated)) {
  const file = join(root, path);
  const text = make();
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
  if (check) {
    console.error(`${path} is stale: run \`npm run generate\` and commit what it writes.`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    console.log(`wrote ${path}`);
  }
}

// What nobody commits: the portal's types of its queries.
if (!check) {
  const web = join(root, 'apps', 'web');
  const end = spawnSync(process.execPath, ['codegen.ts'], { cwd: web, stdio: 'inherit' });
  if (end.status !== 0) process.exitCode = 1;
}
