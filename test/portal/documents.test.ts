import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type DocumentNode, Kind, print } from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { limits, readDocument } from '../../apps/api/src/graphql/limits.ts';

const web = resolve(import.meta.dirname, '../../apps/web');
let documents: readonly (readonly [name: string, text: string])[] = [];

beforeAll(async () => {
  spawnSync(process.execPath, ['codegen.ts'], { cwd: web, stdio: 'inherit' });
  const made: Record<string, DocumentNode> = await import(
    pathToFileURL(`${web}/src/graphql/graphql.ts`).href
  );
  documents = Object.entries(made)
    .filter(([, document]) => document.definitions?.some(({ kind }) => kind === Kind.OPERATION_DEFINITION))
    .map(([name, document]) => [name, print(document)] as const);
});

it('asks for nothing that the API refuses as too deep, too dear or too long', () => {
  expect(documents.length).toBeGreaterThan(5);
  for (const [name, text] of documents) {
    expect(text.length, name).toBeLessThan(limits.queryLength);
    const read = readDocument(text);
    expect('kind' in read ? [] : read.map(({ message }) => message), name).toEqual([]);
  }
});
