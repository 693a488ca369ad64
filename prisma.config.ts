import { delimiter, join } from 'node:path';
import { defineConfig } from 'prisma/config';
import { findNode } from './scripts/house/processes.mjs';

// Prisma's command line would download its schema engine; ours comes from npm and needs the Node that runs TypeScript.
const root = import.meta.dirname;
const node = findNode(root);
if (node !== null) process.env.PATH = [join(node, '..'), process.env.PATH].join(delimiter);
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= join(
  root,
  'packages/database/src/migrations/prisma-schema-engine.ts',
);
process.env.CHECKPOINT_DISABLE ??= '1';

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://unset@127.0.0.1:1/unset' },
});
