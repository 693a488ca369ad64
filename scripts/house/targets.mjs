/**
 * What `npm run <name>` starts: a file that Node runs, from the repository's root unless the command takes
 * the caller's relative paths. What needs the portal has it built first.
 */
export const targets = {
  demo: { file: 'packages/cli/src/demo/main.ts', inCallersFolder: true, needsPortal: true },
  cellmixer: { file: 'packages/cli/src/main.ts', inCallersFolder: true },
  start: { file: 'packages/local-server/src/main.ts', needsPortal: true },
  test: { file: 'scripts/test.ts' },
  'test:journeys': { file: 'test/journeys/main.ts', needsPortal: true },
  'test:accessibility': { file: 'test/journeys/accessibility.ts', needsPortal: true },
  'docs:pictures': { file: 'test/journeys/docs-pictures.ts', needsPortal: true },
  'test:s3': { file: 'scripts/test-s3.ts' },
  'test:faults': { file: 'test/bench/src/faults.ts' },
  lint: { file: 'scripts/lint.ts' },
  generate: { file: 'scripts/generate.ts' },
  format: { file: 'node_modules/@biomejs/biome/bin/biome', arguments: ['check', '--write', '.'] },
  typecheck: { file: 'scripts/lint.ts', arguments: ['--only', 'types'] },
  'bench:method': { file: 'test/bench/src/method.ts' },
  'bench:training': { file: 'test/bench/src/training.ts' },
  'bench:inference': { file: 'test/bench/src/inference.ts' },
  'bench:foreground': { file: 'test/bench/src/foreground.ts' },
  'bench:segmentation': { file: 'test/bench/src/segmentation.ts' },
  'bench:sampling': { file: 'test/bench/src/sampling.ts' },
  'bench:api': { file: 'test/bench/src/api.ts' },
  'bench:serving': { file: 'test/bench/src/serving.ts' },
  'bench:fairness': { file: 'test/bench/src/fairness.ts' },
  'bench:idle': { file: 'test/bench/src/idle.ts', needsPortal: true },
  'bench:ingest': { file: 'test/bench/src/ingest.ts' },
  'bench:web': { file: 'test/bench/src/web.ts', needsPortal: true },
};
