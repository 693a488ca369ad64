import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdInstallLock } from './install-lock.mjs';
import { pathWithoutModules, runToEnd } from './processes.mjs';

/** Installs by `npm ci` unless node_modules is what package-lock.json asks for. Returns an exit code. */
export async function ensureInstalled(root, say) {
  if (isStamped(root)) return 0;
  const lock = await holdInstallLock(root, () =>
    say('Another start is installing in this folder; waiting for it …'),
  );
  try {
    if (isStamped(root)) return 0;
    if (agreesWithLock(root)) {
      writeStamp(root);
      return 0;
    }
    return await install(root, say, lock);
  } finally {
    await lock.release();
  }
}

async function install(root, say, lock) {
  const reason = existsSync(join(root, 'node_modules')) ? 'package-lock.json has changed' : 'first start';
  say(`Installing what is missing (${reason}; a minute or two, from the npm registry) …`);
  rmSync(stampPath(root), { force: true });
  const [command, ...argv] = npmCommand();
  // The processes of npm hold the lock too: were this one killed, a second start would still wait for them.
  const stdio = lock.descriptor === null ? 'inherit' : ['inherit', 2, 2, lock.descriptor];
  const end = await runToEnd(
    command,
    [
      ...argv,
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    {
      cwd: root,
      env: { ...process.env, PATH: pathWithoutModules(), ONNXRUNTIME_NODE_INSTALL: 'skip' },
      stdio,
    },
  );
  if (end.stopped || end.signal !== null) {
    say('The installation was stopped. Start the command again to finish it.');
    return 130;
  }
  if (end.code !== 0) {
    say(
      `The installation failed (npm ci ended with ${end.code}; its words are above). Nothing was started. ` +
        'Check the network and the free disk space (1 GB), then start the command again.',
    );
    return 1;
  }
  writeStamp(root);
  say('Installed.');
  return 0;
}

/** npm as it was started, on the Node it was started with; else the npm of the search path. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('npm-cli.js') && existsSync(script)) {
    const node = process.env.npm_node_execpath ?? '';
    const usable = existsSync(node) && !node.includes('node_modules');
    if (usable) return [node, script];
  }
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

function stampPath(root) {
  return join(root, 'node_modules', '.installed-for');
}

function stampOf(root) {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform} ${process.arch}\n`;
}

function writeStamp(root) {
  const temporary = `${stampPath(root)}.${process.pid}`;
  writeFileSync(temporary, stampOf(root));
  renameSync(temporary, stampPath(root));
}

function isStamped(root) {
  try {
    return readFileSync(stampPath(root), 'utf8') === stampOf(root) && missingPackages(root).length === 0;
  } catch {
    return false;
  }
}

/** Packages of the lock that every machine needs and that are not on the disk. */
function missingPackages(root) {
  return Object.entries(readLock(root, 'package-lock.json'))
    .filter(([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.peer)
    .filter(([path]) => !existsSync(join(root, path, 'package.json')))
    .map(([path]) => path);
}

/** An installation made by hand is good where npm's own record of it names the same versions. */
function agreesWithLock(root) {
  try {
    const wanted = readLock(root, 'package-lock.json');
    const found = readLock(root, join('node_modules', '.package-lock.json'));
    for (const [path, entry] of Object.entries(wanted)) {
      if (path === '' || entry.optional || entry.devOptional || entry.peer) continue;
      if (found[path]?.version !== entry.version || found[path]?.integrity !== entry.integrity) return false;
    }
    return missingPackages(root).length === 0;
  } catch {
    return false;
  }
}

function readLock(root, path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
}
