import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Of the two forms of graphql tests must see the one that the schema was made with.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['./test/house/one-statement-at-a-time.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
