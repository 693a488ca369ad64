/** Fails where a direct dependency has no line in docs/contributing/dependencies.md, or a line no dependency. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareDependencies } from './compare-dependencies.ts';

const root = resolve(import.meta.dirname, '../..');
const page = 'docs/contributing/dependencies.md';
const manifests = [
  'package.json',
  ...globSync('{apps,packages}/*/package.json', { cwd: root }),
  'test/bench/package.json',
];
const problems = compareDependencies(
  manifests.map((path) => ({ path, manifest: JSON.parse(readFileSync(join(root, path), 'utf8')) })),
  readFileSync(join(root, page), 'utf8'),
);
for (const problem of problems) console.error(`${page}: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
