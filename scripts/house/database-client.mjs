import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holdInstallLock } from './install-lock.mjs';

/**
 * Makes the database's client (packages/database/src/generated) from prisma/schema.prisma where it is missing or older
 * than the schema. Returns an exit code.
 */
export async function ensureDatabaseClient(root, node, environment, say) {
  if (isMade(root)) return 0;
  const lock = await holdInstallLock(root, () => say('Another start prepares this folder; waiting for it …'));
  try {
    if (isMade(root)) return 0;
    const prisma = join(root, 'node_modules', 'prisma', 'build', 'index.js');
    const end = spawnSync(node, [prisma, 'generate', '--no-hints'], {
      cwd: root,
      env: environment,
      encoding: 'utf8',
    });
    if (end.status !== 0) {
      say(`The database's client cannot be made from prisma/schema.prisma:\n${end.stdout}${end.stderr}`);
      return 1;
    }
    writeFileSync(stampPath(root), stampOf(root));
    return 0;
  } finally {
    await lock.release();
  }
}

function isMade(root) {
  if (!existsSync(schemaPath(root))) return true;
  try {
    return readFileSync(stampPath(root), 'utf8') === stampOf(root);
  } catch {
    return false;
  }
}

const schemaPath = (root) => join(root, 'prisma', 'schema.prisma');
const stampPath = (root) => join(root, 'packages', 'database', 'src', 'generated', '.made-from');

/** The schema and the version of what reads it. */
function stampOf(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', 'prisma', 'package.json'), 'utf8'));
  return `${createHash('sha256')
    .update(readFileSync(schemaPath(root)))
    .digest('hex')} prisma ${version}\n`;
}
