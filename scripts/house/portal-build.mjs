import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdInstallLock } from './install-lock.mjs';

/**
 * Builds the portal (apps/web/.next) where it is missing or older than what it is made from. Returns an exit code.
 */
export async function ensurePortal(root, node, environment, say) {
  if (isBuilt(root)) return 0;
  const lock = await holdInstallLock(root, () => say('Another start prepares this folder; waiting for it …'));
  try {
    if (isBuilt(root)) return 0;
    const reason = existsSync(stampPath(root)) ? 'its sources have changed' : 'first start';
    say(`Building the portal (${reason}; half a minute or so) …`);
    rmSync(stampPath(root), { force: true });
    const stamp = stampOf(root);
    for (const argv of [
      ['codegen.ts'],
      [join(root, 'node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    ]) {
      const end = spawnSync(node, argv, {
        cwd: join(root, 'apps', 'web'),
        env: { ...environment, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
        encoding: 'utf8',
      });
      if (end.status !== 0) {
        say(`The portal cannot be built:\n${end.stdout}${end.stderr}`);
        return 1;
      }
    }
    const output = join(root, 'apps', 'web', '.next');
    cpSync(join(output, 'static'), join(output, 'standalone', 'apps', 'web', '.next', 'static'), {
      recursive: true,
    });
    writeFileSync(stampPath(root), stamp);
    say('Built.');
    return 0;
  } finally {
    await lock.release();
  }
}

const stampPath = (root) => join(root, 'apps', 'web', '.next', '.made-from');

function isBuilt(root) {
  if (!existsSync(join(root, 'apps', 'web', 'package.json'))) return true;
  try {
    return readFileSync(stampPath(root), 'utf8') === stampOf(root);
  } catch {
    return false;
  }
}

/** The sources of the portal and of our packages in it, the schema, and the versions of all else. */
function stampOf(root) {
  const hash = createHash('sha256');
  const files = [join(root, 'schema.graphql'), join(root, 'package-lock.json')];
  for (const folder of foldersOf(root, join('apps', 'web'))) files.push(...filesIn(join(root, folder)));
  for (const file of files) {
    hash.update(`${file.slice(root.length)}\0`);
    hash.update(readFileSync(file));
  }
  return `${hash.digest('hex')} ${process.platform} ${process.arch}\n`;
}

/** A workspace and those of ours that it imports, as package.json files name them. */
function foldersOf(root, folder, seen = new Set()) {
  if (seen.has(folder)) return seen;
  seen.add(folder);
  const { dependencies } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(dependencies ?? {})) {
    if (name.startsWith('@cellmixer/')) foldersOf(root, join('packages', name.split('/')[1]), seen);
  }
  return seen;
}

/** Files that a build reads: no output, nothing generated, no tests, no words. */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        const isMade =
          ['node_modules', 'fixtures', 'testing'].includes(entry.name) || path.endsWith(GENERATED);
        return isMade || entry.name.startsWith('.') ? [] : filesIn(path);
      }
      return /\.test\.tsx?$|\.md$|^next-env\.d\.ts$/.test(entry.name) ? [] : [path];
    });
}

const GENERATED = join('web', 'src', 'graphql');
