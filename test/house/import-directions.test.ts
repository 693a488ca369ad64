import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** A file, what it holds, and the rule that must catch it; null where it is allowed. */
const files: readonly (readonly [path: string, source: string, rule: string | null])[] = [
  ['packages/pixels/src/a.ts', "export * from '@cellmixer/errors';", 'noRestrictedImports'],
  ['packages/pixels/src/b.ts', "export * from '../../errors/src/codes.ts';", 'noRestrictedImports'],
  ['packages/pixels/src/deep/c.ts', "export * from '../../../nn/src/index.ts';", 'noRestrictedImports'],
  ['packages/pixels/src/d.ts', "export * from 'node:fs';", 'noRestrictedImports'],
  ['packages/pixels/src/e.ts', "export const lazy = () => import('node:fs');", 'noRestrictedImports'],
  ['packages/pixels/src/f.ts', "export * from './raster.ts';", null],
  ['packages/errors/src/a.ts', "export * from '@cellmixer/pixels';", 'noRestrictedImports'],
  ['packages/nn/src/graphs/a.ts', "export * from '@cellmixer/pixels';", 'noRestrictedImports'],
  ['packages/nn/src/graphs/b.ts', "export * from 'onnxruntime-node';", 'noRestrictedImports'],
  ['packages/nn/src/graphs/c.ts', "export * from '@cellmixer/errors';", null],
  ['packages/nn/src/runtime/a.ts', "export * from 'onnxruntime-node';", null],
  ['packages/nn/src/runtime/b.ts', "export * from '@cellmixer/cellmixer';", 'noRestrictedImports'],
  ['packages/imaging/src/a.ts', "export * from '@cellmixer/nn';", 'noRestrictedImports'],
  ['packages/imaging/src/b.ts', "export * from 'sharp';", null],
  ['packages/demo-cultures/src/a.ts', "export * from '@cellmixer/imaging';", 'noRestrictedImports'],
  ['packages/demo-cultures/src/b.ts', "export * from '@cellmixer/pixels';", null],
  ['packages/cellmixer/src/mixing/a.ts', "export * from '@cellmixer/imaging';", 'noRestrictedImports'],
  ['packages/cellmixer/src/mixing/b.ts', "export * from 'node:fs/promises';", 'noRestrictedImports'],
  ['packages/cellmixer/src/mixing/c.ts', "export * from 'node:https';", 'noRestrictedImports'],
  ['packages/cellmixer/src/mixing/d.ts', "export * from 'sharp';", 'noRestrictedImports'],
  ['packages/cellmixer/src/mixing/e.ts', "export * from '@cellmixer/nn';", null],
  ['packages/cellmixer/src/foreground/a.ts', "export * from '@cellmixer/nn';", 'noRestrictedImports'],
  ['packages/cellmixer/src/foreground/b.ts', "export * from 'node:os';", 'noRestrictedImports'],
  ['packages/sample-names/src/a.ts', "export * from '@cellmixer/database';", 'noRestrictedImports'],
  ['packages/sample-names/src/b.ts', "export * from 'node:path';", 'noRestrictedImports'],
  ['packages/sample-names/src/c.ts', "export * from '@cellmixer/errors';", null],
  ['packages/environment/src/a.ts', "export * from '@cellmixer/local-server';", 'noRestrictedImports'],
  ['packages/environment/src/b.ts', "export * from '@cellmixer/errors';", null],
  ['packages/storage/src/a.ts', "export * from '@cellmixer/database';", 'noRestrictedImports'],
  ['packages/local-server/src/a.ts', "export * from '@cellmixer/database';", 'noRestrictedImports'],
  ['packages/local-server/src/b.ts', "export * from '@cellmixer/environment';", null],
  ['packages/cli/src/a.ts', "export * from 'onnxruntime-node';", 'noRestrictedImports'],
  ['packages/cli/src/b.ts', "export * from '../../nn/src/index.ts';", 'noRestrictedImports'],
  ['packages/cli/src/c.ts', "export * from '@cellmixer/nn';", null],
  ['packages/inference-client/src/a.ts', "export * from 'onnxruntime-node';", 'noRestrictedImports'],
  ['apps/inference/src/a.ts', "export * from 'onnxruntime-node';", 'noRestrictedImports'],
  ['apps/inference/src/b.ts', "export * from '../../../packages/nn/src/index.ts';", 'noRestrictedImports'],
  ['apps/inference/src/c.ts', "export * from '@cellmixer/nn';", null],
  ['test/bench/src/a.ts', "export * from 'sharp';", 'noRestrictedImports'],
  ['packages/nn/src/graphs/print.ts', "console.log('a');", 'noConsole'],
  ['packages/imaging/src/environment.ts', 'export const home = process.env.HOME;', 'noProcessEnv'],
  ['packages/cli/src/print.ts', 'console.log(process.env.HOME);', null],
  ['packages/pixels/src/UpperCase.ts', 'export const a = 1;', 'useFilenamingConvention'],
  ['packages/pixels/src/loose.ts', 'export const a = (b: any) => b;', 'noExplicitAny'],
];

describe('the lint of directions', () => {
  const caught = new Map<string, string[]>();
  const folder = mkdtempSync(join(tmpdir(), 'import-directions-'));

  beforeAll(() => {
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    for (const [path, source] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), `${source}\n`);
    }
    const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
    const run = spawnSync(
      process.execPath,
      [biome, 'lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.'],
      { cwd: folder, encoding: 'utf8' },
    );
    for (const [, rule, path] of run.stdout.matchAll(/^::error title=lint\/\w+\/(\w+),file=([^,]+),/gm)) {
      const relative = (path ?? '').slice((path ?? '').search(/(apps|packages|test)\//));
      caught.set(relative, [...(caught.get(relative) ?? []), rule ?? '']);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(files)('judges %s: %s', (path, _source, rule) => {
    expect(caught.get(path) ?? []).toEqual(rule === null ? [] : [rule]);
  });
});
