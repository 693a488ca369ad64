import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { targets } from '../../scripts/house/targets.mjs';

const root = resolve(import.meta.dirname, '../..');
const run = (...argv: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', 'run.mjs'), ...argv], { encoding: 'utf8', cwd: root });

describe('scripts/run.mjs', () => {
  it('names the targets where there is no such one', () => {
    const end = run('toString');
    expect(end.status).toBe(2);
    expect(end.stderr).toContain('no target "toString". Targets: demo,');
  });

  it('passes arguments and the exit code through', () => {
    const help = run('cellmixer', 'train', '--help');
    expect(help.status).toBe(0);
    expect(help.stdout).toContain('Usage: cellmixer train');
    expect(run('cellmixer', 'train').status).toBe(2);
  });

  it('has a script for every target and a file behind each', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(
      readFileSync(join(root, 'package.json'), 'utf8'),
    );
    for (const [name, { file }] of Object.entries(targets)) {
      expect(scripts[name]).toBe(`node scripts/run.mjs ${name}`);
      if (!name.startsWith('bench:')) expect(existsSync(join(root, file)), file).toBe(true);
    }
  });

  it('runs on Node 20: no script before the installation is TypeScript', () => {
    for (const file of ['scripts/run.mjs', ...globSync('scripts/house/*.mjs', { cwd: root })]) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, imported] of text.matchAll(/from '(\.[^']+)'/g)) expect(imported, file).toMatch(/\.mjs$/);
      for (const [, imported] of text.matchAll(/from '([^.'][^']*)'/g))
        expect(imported, file).toMatch(/^node:/);
    }
  });
});
