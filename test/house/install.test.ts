import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const install = resolve(import.meta.dirname, '../../scripts/house/install.mjs');

const lock = (version: string) =>
  JSON.stringify({
    packages: {
      '': { name: 'root' },
      'node_modules/a': { version, integrity: `sha-${version}` },
      'node_modules/elsewhere': { version: '1.0.0', optional: true },
    },
  });

/** Plays npm: counts its calls, takes a moment, and installs what the lock names. */
const npm = `#!/bin/sh
echo "$@" >> calls
sleep 0.3
if [ -f fail ]; then exit 7; fi
rm -rf node_modules && mkdir -p node_modules/a && echo '{}' > node_modules/a/package.json
cp package-lock.json node_modules/.package-lock.json
`;

describe('ensureInstalled', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'install-'));
    mkdirSync(join(root, 'bin'));
    writeFileSync(join(root, 'bin', 'npm'), npm);
    chmodSync(join(root, 'bin', 'npm'), 0o755);
    writeFileSync(join(root, 'package-lock.json'), lock('1.0.0'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** A start of its own, as `npm run` makes one. */
  const start = () =>
    new Promise<{ code: number | null; words: string }>((done) => {
      const script = `import { ensureInstalled } from ${JSON.stringify(install)};
process.exit(await ensureInstalled(${JSON.stringify(root)}, (line) => console.error(line)));`;
      const { npm_execpath: _, ...environment } = process.env;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        cwd: root,
        env: {
          ...environment,
          PATH: [join(root, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
        },
      });
      let words = '';
      child.stderr.on('data', (part: Buffer) => {
        words += part.toString();
      });
      child.on('close', (code) => done({ code, words }));
    });
  const calls = () =>
    existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trimEnd().split('\n') : [];

  it('installs what is missing with clear words, once', async () => {
    const first = await start();
    expect(first.code, first.words).toBe(0);
    expect(first.words).toContain('first start');
    expect(await start()).toEqual({ code: 0, words: '' });
    expect(calls()).toHaveLength(1);
    expect(calls()[0]).toMatch(/^ci --ignore-scripts /);
  });

  it('lets one of two starts install and the other wait', async () => {
    const ends = await Promise.all([start(), start(), start()]);
    expect(ends.map((end) => end.code)).toEqual([0, 0, 0]);
    expect(calls()).toHaveLength(1);
    expect(ends.filter((end) => end.words.includes('waiting for it'))).toHaveLength(2);
  });

  it('installs again after the lock has changed', async () => {
    await start();
    writeFileSync(join(root, 'package-lock.json'), lock('1.0.1'));
    expect((await start()).words).toContain('package-lock.json has changed');
    expect(calls()).toHaveLength(2);
  });

  it('installs again where a package is gone', async () => {
    await start();
    rmSync(join(root, 'node_modules', 'a'), { recursive: true });
    expect((await start()).code).toBe(0);
    expect(calls()).toHaveLength(2);
  });

  it('takes an installation made by hand as it is', async () => {
    mkdirSync(join(root, 'node_modules', 'a'), { recursive: true });
    writeFileSync(join(root, 'node_modules', 'a', 'package.json'), '{}');
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), lock('1.0.0'));
    expect(await start()).toEqual({ code: 0, words: '' });
    expect(calls()).toEqual([]);
  });

  it('tells of a failed installation and tries anew at the next start', async () => {
    writeFileSync(join(root, 'fail'), '');
    const failed = await start();
    expect(failed.code).toBe(1);
    expect(failed.words).toContain('npm ci ended with 7');
    rmSync(join(root, 'fail'));
    expect((await start()).code).toBe(0);
  });
});
