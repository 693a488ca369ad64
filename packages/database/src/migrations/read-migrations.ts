import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One migration on disk. */
export interface Migration {
  readonly name: string;
  readonly script: string;
  /** SHA-256 of the script, as Prisma keeps it with what was applied. */
  readonly checksum: string;
}

/** The migrations of a folder in the order of their names; none where there is no folder. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map(({ name }) => {
      const script = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The same as the schema engine wants them. */
export function migrationList(folder: string, migrations: readonly Migration[]) {
  const lock = join(folder, 'migration_lock.toml');
  return {
    baseDir: folder,
    shadowDbInitScript: '',
    lockfile: { path: 'migration_lock.toml', content: existsSync(lock) ? readFileSync(lock, 'utf8') : null },
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: script } },
    })),
  };
}
